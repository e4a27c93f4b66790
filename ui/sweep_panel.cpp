#include "ui/sweep_panel.h"

#include <QKeyEvent>
#include <QSignalBlocker>
#include <algorithm>

#include "engine/base/config_fields.h"
#include "ui/field_words.h"
#include "ui/form_field.h"
#include "ui/legal_value.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kSettingWidth = 24, kCountWidth = 56;  // characters, pixels
constexpr size_t kNamesShown = 3;
const QString kKey = QStringLiteral("train/sweep");

}  // namespace

SweepPanel::SweepPanel(QSettings& settings, QWidget* parent)
    : Card(parent),
      settings_(settings),
      rows_{make_row(), make_row(), make_row()},
      way_(new Segments(2)),
      count_word_(make_label(TextRole::body, Tone::muted)),
      count_(new QLineEdit(QStringLiteral("8"))),
      says_(make_label(TextRole::caption, Tone::muted)),
      add_(make_button(ButtonKind::plain)),
      leave_(make_button(ButtonKind::quiet)) {
    count_->setObjectName(QStringLiteral("sweep_count"));
    count_->setFont(text_font(TextRole::body));
    count_->setFixedWidth(kCountWidth);
    says_->setWordWrap(true);
    says_->setTextFormat(Qt::PlainText);
    content()->setSpacing(space::kSmall);
    for (Row& row : rows_) {
        row.values->setObjectName(QStringLiteral("sweep_values"));
        content()->addWidget(row.box);
        connect(row.setting, &QComboBox::activated, this, &SweepPanel::keep);
        connect(row.values, &QLineEdit::textEdited, this, &SweepPanel::keep);
        connect(row.values, &QLineEdit::returnPressed, this, &SweepPanel::give);
        connect(row.legal, &QPushButton::clicked, this, [this, &row] {
            std::vector<std::string> values = row.values_in(base_.config);
            std::replace(values.begin(), values.end(), row.wrong, row.instead);
            QStringList words;
            for (const std::string& value : values) words << QString::fromStdString(value);
            row.values->setText(words.join(QStringLiteral(", ")));
            row.values->setFocus(Qt::OtherFocusReason);
            keep();
        });
    }
    auto* line = new QHBoxLayout;
    line->setSpacing(space::kSmall);
    line->addWidget(way_);
    line->addWidget(count_word_);
    line->addWidget(count_);
    line->addStretch(1);
    line->addWidget(leave_);
    line->addWidget(add_);
    content()->addLayout(line);
    content()->addWidget(says_);
    connect(way_, &Segments::chosen, this, &SweepPanel::keep);
    connect(count_, &QLineEdit::textEdited, this, &SweepPanel::keep);
    connect(count_, &QLineEdit::returnPressed, this, &SweepPanel::give);
    connect(add_, &QPushButton::clicked, this, &SweepPanel::give);
    connect(leave_, &QPushButton::clicked, this, &SweepPanel::closed);
    restore();
    hide();
}

std::vector<std::string> SweepPanel::Row::values_in(const RunConfig& config) const {
    return swept_values(config, key(), values->text().toStdString());
}

SweepPanel::Row SweepPanel::make_row() {
    const Row row{new QWidget,
                  new DropDown,
                  new QLineEdit,
                  make_label(TextRole::caption, Tone::bad),
                  make_button(ButtonKind::link),
                  {},
                  {}};
    row.setting->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row.setting->setMinimumContentsLength(kSettingWidth);
    row.values->setFont(text_font(TextRole::body));
    row.problem->setWordWrap(true);
    row.problem->setTextFormat(Qt::PlainText);
    auto* grid = new QGridLayout(row.box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kSmall);
    grid->setVerticalSpacing(2);
    grid->addWidget(row.setting, 0, 0);
    grid->addWidget(row.values, 0, 1, 1, 2);
    grid->addWidget(row.problem, 1, 1);
    grid->addWidget(row.legal, 1, 2);
    grid->setColumnStretch(1, 1);
    return row;
}

// What was typed last, the panel being open or not.
void SweepPanel::restore() {
    const QVariantMap kept = settings_.value(kKey).toMap();
    const QStringList keys = kept[QStringLiteral("settings")].toStringList(),
                      values = kept[QStringLiteral("values")].toStringList();
    for (int i = 0; i < static_cast<int>(rows_.size()); ++i) {
        fill(rows_[static_cast<size_t>(i)], keys.value(i).toStdString());
        rows_[static_cast<size_t>(i)].values->setText(values.value(i));
    }
    way_->set_current(kept[QStringLiteral("random")].toBool() ? 1 : 0);
    if (kept.contains(QStringLiteral("count"))) count_->setText(kept[QStringLiteral("count")].toString());
    open_ = kept[QStringLiteral("open")].toBool();
}

void SweepPanel::keep() {
    QStringList keys, values;
    for (const Row& row : rows_) {
        keys << QString::fromStdString(row.key());
        values << row.values->text();
    }
    settings_.setValue(kKey, QVariantMap{{QStringLiteral("settings"), keys},
                                         {QStringLiteral("values"), values},
                                         {QStringLiteral("random"), way_->current() == 1},
                                         {QStringLiteral("count"), count_->text()},
                                         {QStringLiteral("open"), open_}});
    check();
}

void SweepPanel::set_open(bool open) {
    open_ = open;
    keep();
}

void SweepPanel::set_base(Base base) {
    base_ = std::move(base);
    for (Row& row : rows_) fill(row, row.key());
    check();
}

// The settings of this run; one that it has not, and that was chosen, stays to be told of.
void SweepPanel::fill(Row& row, const std::string& key) {
    const QSignalBlocker quiet(row.setting);
    std::vector<std::string> keys = sweepable_keys(base_.config);
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    QStringList wanted, shown;
    for (const std::string& one : keys) wanted << QString::fromStdString(one);
    for (int i = 1; i < row.setting->count(); ++i) shown << row.setting->itemText(i);
    if (row.setting->count() == 0 || wanted != shown) {  // else its list may be open
        row.setting->clear();
        row.setting->addItem({}, QString());
        for (const QString& one : wanted) row.setting->addItem(one, one);
    }
    row.setting->setItemText(0, tr("A setting…"));
    row.setting->setCurrentIndex(std::max(0, row.setting->findData(QString::fromStdString(key))));
}

void SweepPanel::describe(Row& row) {
    const std::string chosen = row.key();
    QString now, tip = tr("The values that it takes in turn, with commas between; each makes a run of its own");
    for_each_leaf(base_.config, [&](const std::string& key, const auto& value, const Field& field) {
        if (key != chosen) return;
        QStringList legal;
        for (const std::string& choice : field.choices) legal << QString::fromStdString(choice);
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, bool>)
            legal = QStringList{QStringLiteral("true"), QStringLiteral("false")};
        const QString range = legal.isEmpty() ? field_range(field) : legal.join(QStringLiteral(", "));
        now = legal.isEmpty() ? tr("now %1; several with commas between").arg(value_text(FieldValue(value))) : range;
        tip += QLatin1Char('\n') + field_help(field, {});
        if (!range.isEmpty()) tip += QLatin1Char('\n') + tr("Legal: %1").arg(range);
    });
    row.values->setPlaceholderText(now);
    row.values->setToolTip(tip);
    row.values->setAccessibleName(chosen.empty() ? tr("Values")
                                                 : tr("Values of %1").arg(QString::fromStdString(chosen)));
    row.values->setEnabled(!chosen.empty());
}

QString SweepPanel::problem_of(Row& row, const SweptSetting& setting, const std::vector<SweptSetting>& above) {
    const std::vector<std::string> keys = sweepable_keys(base_.config);
    if (std::find(keys.begin(), keys.end(), setting.key) == keys.end()) return tr("This run has no such setting.");
    if (std::any_of(above.begin(), above.end(), [&](const SweptSetting& one) { return one.key == setting.key; }))
        return tr("It is chosen above already.");
    const std::optional<Error> error = refused(base_.config, setting);
    if (!error) return {};
    row.wrong = error->found;
    const QString value = QString::fromStdString(error->found);
    if (error->key != setting.key)
        return tr("“%1”: %2 %3").arg(value, QString::fromStdString(error->key), field_error(*error));
    row.instead = legal_value(base_.config, *error, error->found).value_or(std::string());
    return tr("“%1” %2").arg(value, field_error(*error));
}

void SweepPanel::check() {
    runs_.clear();
    if (!open_) return;
    std::vector<SweptSetting> settings;
    bool all_right = true, next_shown = true;
    for (Row& row : rows_) {
        const std::string key = row.key();
        row.wrong.clear();
        row.instead.clear();
        QString problem;
        if (!key.empty()) {
            const SweptSetting setting{key, row.values_in(base_.config)};
            problem = problem_of(row, setting, settings);
            settings.push_back(setting);
        }
        all_right = all_right && problem.isEmpty();
        describe(row);
        row.box->setVisible(next_shown || !key.empty());
        next_shown = !key.empty();
        row.problem->setText(problem);
        row.problem->setVisible(!problem.isEmpty());
        set_words(row.legal, tr("use %1").arg(QString::fromStdString(row.instead)),
                  tr("Puts the nearest legal value in its place"));
        row.legal->setVisible(!row.instead.empty());
        set_look(row.values, "wrong", !problem.isEmpty());
    }
    for (QWidget* part : std::initializer_list<QWidget*>{count_word_, count_}) part->setVisible(way_->current() == 1);
    QString says = all_right ? base_.obstacle : tr("Nothing is queued before what is marked above is mended.");
    if (says.isEmpty()) runs_ = runs_of(settings, says);
    says_->setText(says);
    const bool waits = all_right && (!base_.obstacle.isEmpty() || combinations(settings) == 0);
    set_tone(says_, runs_.empty() && !waits ? Tone::bad : Tone::muted);
    add_->setEnabled(!runs_.empty());
}

std::vector<SweepRun> SweepPanel::runs_of(const std::vector<SweptSetting>& settings, QString& says) const {
    const int64_t all = combinations(settings);
    const bool random = way_->current() == 1;
    const int64_t some = random ? count_->text().trimmed().toInt() : 0;
    if (all == 0) {
        says = tr("Choose a setting and type the values that it is to take.");
    } else if (random && (some < 1 || some > kMostSweepRuns)) {
        says = tr("One sweep has from 1 to %1 runs.").arg(kMostSweepRuns);
    } else if (!random && all > kMostSweepRuns) {
        says = tr("These are %1 runs, and one sweep has at most %2: take fewer values, or some combinations at random.")
                   .arg(count_text(all))
                   .arg(kMostSweepRuns);
    }
    if (!says.isEmpty()) return {};
    std::vector<SweepRun> runs = sweep_runs(base_.config, base_.name.toStdString(), settings, some);
    QStringList names;
    for (const SweepRun& run : runs) {
        if (const auto error = error_of([&] { validate(run.config, ""); })) {  // values that do not go together
            says = tr("“%1” is not possible: %2 %3")
                       .arg(QString::fromStdString(run.name), QString::fromStdString(error->key), field_error(*error));
            return {};
        }
        if (names.size() < static_cast<int>(kNamesShown)) names << QString::fromStdString(run.name);
    }
    if (runs.size() > kNamesShown) names << QStringLiteral("…");
    const auto count = static_cast<int64_t>(runs.size());
    says = base_.seconds > 0 ? tr("Runs: %1, about %2 in all if each takes as long as the form's.")
                                   .arg(count_text(count), duration_text(base_.seconds * static_cast<double>(count)))
                             : tr("Runs: %1.").arg(count_text(count));
    says += QLatin1Char('\n') + names.join(QLatin1Char('\n'));
    return runs;
}

void SweepPanel::give() {
    if (!runs_.empty()) Q_EMIT wanted(std::vector(runs_));  // a copy: closing it takes them away
}

void SweepPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT closed();
    Card::keyPressEvent(event);
}

void SweepPanel::retranslate() {
    set_title(tr("Queue a sweep"));
    int number = 0;
    for (Row& row : rows_) {
        row.setting->setAccessibleName(tr("Setting %1 to vary").arg(++number));
        row.setting->setToolTip(tr("What the runs of the sweep differ in"));
        fill(row, row.key());
    }
    way_->set_words({tr("All combinations"), tr("Some at random")});
    way_->setToolTip(
        tr("Each value with each other one, or as many of these runs as are wanted; train.seed draws them, so that the "
           "same sweep gives the same runs"));
    name_field(count_word_, count_, tr("Runs"), tr("How many combinations are drawn"));
    set_words(add_, tr("Queue the sweep"),
              tr("Adds a run for each combination to the queue; each takes the time and the disk space of a run"));
    set_words(leave_, tr("Leave it"), tr("Adds nothing; what is typed stays for the next time (Escape)"));
    check();
}

}  // namespace lathe
