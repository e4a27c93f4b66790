#include "ui/form_field.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLocale>
#include <QStyle>

#include "ui/field_words.h"
#include "ui/filter_list.h"

namespace lathe {

namespace {

constexpr int kChoiceLength = 10;  // characters
constexpr int kNameWidth = 202, kCostWidth = 134, kControlHeight = 32, kNumberWidth = 116;

std::string json_of(const QStringList& texts) {
    return QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact).toStdString();
}

// As people type numbers: "1,000", ".5"; what is no number stays as it is and is refused.
std::string json_of_number(QString text) {
    text = text.simplified();
    if (text.startsWith(QLatin1Char('.'))) text.prepend(QLatin1Char('0'));
    bool is_number = false;
    QString plain = text;
    plain.remove(QLatin1Char(',')).remove(QLatin1Char('_')).remove(QLatin1Char(' '));
    QLocale::c().toDouble(plain, &is_number);
    return (is_number ? plain : text.isEmpty() ? QStringLiteral("\"\"") : text).toStdString();
}

// "q_proj, v_proj"
QStringList names_in(const QString& text) {
    return QString(text)
        .replace(QLatin1Char(','), QLatin1Char(' '))
        .simplified()
        .split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool is_number(const FieldValue& value) {
    return std::holds_alternative<int64_t>(value) || std::holds_alternative<double>(value);
}

bool is_path(const std::string& key) {
    return key.size() > 5 && key.compare(key.size() - 5, 5, ".path") == 0;
}

bool is_undo(QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    return key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
}

}  // namespace

std::string json_of(const QString& text) {
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2).toStdString();
}

QString value_text(const FieldValue& value) {
    if (const auto* whole = std::get_if<int64_t>(&value)) return QString::number(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return QString::number(*real, 'g', QLocale::FloatingPointShortest);
    if (const auto* text = std::get_if<std::string>(&value)) return QString::fromStdString(*text);
    QStringList names;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        for (const std::string& name : *list) names << QString::fromStdString(name);
    return names.join(QLatin1String(", "));
}

int FormField::control_left() {
    return kNameWidth + space::kGrid;
}

FormField::FormField(std::string key, Field field, FieldValue usual, QWidget* parent)
    : QWidget(parent),
      key_(std::move(key)),
      field_(std::move(field)),
      usual_(std::move(usual)),
      name_(new ElidedLabel(TextRole::mono)),
      unit_(make_label(TextRole::caption, Tone::muted)),
      cost_(make_label(TextRole::caption, Tone::muted, this)),
      help_(make_label(TextRole::caption, Tone::muted)),
      problem_(make_label(TextRole::caption, Tone::bad)),
      legal_button_(make_button(ButtonKind::link)) {
    build_row(make_control());
    connect(legal_button_, &QPushButton::clicked, this, [this] {
        const std::string legal = legal_;
        if (edit_ != nullptr) edit_->setText(QString::fromStdString(legal));
        Q_EMIT edited(legal);
    });
    problem_->hide();
    legal_button_->hide();
}

QWidget* FormField::make_control() {
    if (std::holds_alternative<bool>(usual_)) {
        switch_ = new Switch;
        connect(switch_, &Switch::clicked, this, [this](bool on) { Q_EMIT edited(on ? "true" : "false"); });
        return switch_;
    }
    if (key_ == "data.files" || key_ == "data.validation_files") {
        files_ = new FileList;
        connect(files_, &FileList::changed, this, [this] { Q_EMIT edited(json_of(files_->files())); });
        return files_;
    }
    if (!field_.choices.empty()) {
        choices_ = new DropDown;
        choices_->setMinimumContentsLength(kChoiceLength);
        for (const std::string& choice : field_.choices) choices_->addItem(QString::fromStdString(choice));
        connect(choices_, &QComboBox::activated, this, [this] { Q_EMIT edited(json_of(choices_->currentText())); });
        return choices_;
    }
    edit_ = new QLineEdit;
    edit_->setFont(text_font(TextRole::body));
    edit_->installEventFilter(this);
    connect(edit_, &QLineEdit::textEdited, this, &FormField::on_text);
    if (is_number(usual_)) edit_->setMaximumWidth(kNumberWidth);
    if (!is_path(key_)) return edit_;
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kTiny);
    folder_ = make_icon_button(QStringLiteral("folder"));
    row->addWidget(edit_, 1);
    row->addWidget(folder_);
    connect(folder_, &QPushButton::clicked, this, &FormField::choose_folder);
    return both;
}

void FormField::build_row(QWidget* control) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kGrid);
    grid->setVerticalSpacing(2);
    name_->setFixedWidth(kNameWidth);
    name_->setMinimumHeight(kControlHeight);
    cost_->setFixedWidth(kCostWidth);
    cost_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    cost_->setWordWrap(true);
    help_->setWordWrap(true);
    problem_->setWordWrap(true);
    auto* line = new QHBoxLayout;
    line->setSpacing(space::kSmall);
    const bool wide = files_ != nullptr || (switch_ == nullptr && !is_number(usual_));
    line->addWidget(control, wide && choices_ == nullptr ? 1 : 0);
    line->addWidget(unit_);
    if (!wide || choices_ != nullptr) line->addStretch(1);
    auto* wrong = new QHBoxLayout;
    wrong->setSpacing(space::kSmall);
    wrong->addWidget(problem_);
    wrong->addWidget(legal_button_);
    wrong->addStretch(1);
    grid->addWidget(name_, 0, 0, Qt::AlignTop);
    const bool text = choices_ == nullptr && std::holds_alternative<std::string>(usual_);
    const bool costs = files_ == nullptr && !text;  // there is another value to compare with
    grid->addLayout(line, 0, 1, 1, costs ? 1 : 2);
    if (costs) grid->addWidget(cost_, 0, 2, Qt::AlignVCenter);
    cost_->setVisible(costs);
    grid->addLayout(wrong, 1, 1, 1, 2);
    grid->addWidget(help_, 2, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setRowMinimumHeight(0, kControlHeight);
}

void FormField::on_text(const QString& text) {
    show_unit();
    const bool list = std::holds_alternative<std::vector<std::string>>(usual_);
    Q_EMIT edited(list ? json_of(names_in(text)) : is_number(usual_) ? json_of_number(text) : json_of(text));
}

void FormField::choose_folder() {
    const QString folder = QFileDialog::getExistingDirectory(window(), help(), edit_->text());
    if (folder.isEmpty()) return;
    type(folder);
}

void FormField::set_value(const FieldValue& value) {
    if (switch_ != nullptr) switch_->setChecked(std::get<bool>(value));
    if (choices_ != nullptr) choices_->setCurrentText(value_text(value));
    if (files_ != nullptr) {
        QStringList files;
        for (const std::string& file : std::get<std::vector<std::string>>(value)) files << QString::fromStdString(file);
        files_->set_files(files);
    }
    // "1e3" that was typed stays what it is, and "q_proj," too.
    const auto same = [&](const QString& shown) {
        if (std::holds_alternative<std::vector<std::string>>(value))
            return names_in(shown) == names_in(value_text(value));
        if (!is_number(value)) return shown == value_text(value);
        bool number = false;
        const double typed = QLocale::c().toDouble(QString::fromStdString(json_of_number(shown)), &number);
        return number && typed == QLocale::c().toDouble(value_text(value));
    };
    if (edit_ != nullptr && !same(edit_->text())) edit_->setText(value_text(value));
    show_unit();
}

void FormField::show_unit() {
    const bool number = edit_ != nullptr && is_number(usual_);
    const double value = number ? QLocale::c().toDouble(QString::fromStdString(json_of_number(edit_->text()))) : 0;
    unit_->setText(value_in_words(key_, value));
    unit_->setVisible(!unit_->text().isEmpty());
}

void FormField::set_cost(const QString& cost) {
    if (cost == cost_->text()) return;
    cost_->setText(cost);
    retranslate();
}

void FormField::set_reason(const QString& reason) {
    if (reason == reason_) return;
    reason_ = reason;
    retranslate();
}

void FormField::set_problem(const QString& text, const std::string& legal) {
    if (text == problem_->text() && legal == legal_) return;  // of all fields at every key that is pressed
    legal_ = legal;
    problem_->setText(text);
    problem_->setVisible(!text.isEmpty());
    legal_button_->setVisible(!text.isEmpty() && !legal.empty());
    if (edit_ != nullptr && edit_->property("wrong").toBool() == text.isEmpty()) {
        edit_->setProperty("wrong", !text.isEmpty());
        edit_->style()->unpolish(edit_);
        edit_->style()->polish(edit_);
    }
    set_legal_words();
}

void FormField::set_legal_words() {
    set_words(legal_button_, tr("use %1").arg(QString::fromStdString(legal_)), tr("Puts the nearest legal value in"));
}

QString FormField::problem() const {
    return problem_->text();
}

std::string FormField::typed() const {
    return edit_ == nullptr ? std::string() : json_of_number(edit_->text());
}

QString FormField::text() const {
    return edit_ == nullptr ? QString() : edit_->text();
}

void FormField::type(const QString& text) {
    if (edit_ == nullptr) return;
    edit_->setText(text);
    on_text(text);
}

QString FormField::help() const {
    if (reason_.isEmpty()) return field_help(field_, value_text(usual_));
    return field_help(field_, {}) + QStringLiteral(" · ") + reason_;
}

bool FormField::matches(const QString& words) const {
    const QString all = QString::fromStdString(key_) + QLatin1Char(' ') + help();
    return has_words(all, words);
}

void FormField::focus() {
    for (QWidget* control : std::initializer_list<QWidget*>{edit_, switch_, choices_, files_})
        if (control != nullptr) control->setFocus(Qt::ShortcutFocusReason);
}

bool FormField::eventFilter(QObject* watched, QEvent* event) {
    // The form has one history; a line edit's own would run against it.
    if (watched != edit_ || !is_undo(event)) return false;
    event->ignore();
    return true;
}

void FormField::retranslate() {
    const size_t dot = key_.find('.');
    const QString name = QString::fromStdString(key_.substr(dot + 1));
    name_->set_text(name);
    help_->setText(help());
    show_unit();
    QStringList tips{help()};
    if (const QString range = field_range(field_); !range.isEmpty()) tips << tr("Legal: %1").arg(range);
    if (!cost_->text().isEmpty()) tips << tr("Costs: %1").arg(cost_->text());
    for (QWidget* control : std::initializer_list<QWidget*>{edit_, switch_, choices_, files_}) {
        if (control == nullptr) continue;
        control->setAccessibleName(name);
        control->setAccessibleDescription(help());
        control->setToolTip(tips.join(QLatin1Char('\n')));
    }
    if (files_ != nullptr) files_->retranslate();
    if (folder_ != nullptr) set_words(folder_, {}, tr("Choose the folder"));
    set_legal_words();
}

}  // namespace lathe
