#include "ui/inspection_panel.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <array>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kExample = 0, kRow = 1, kTokens = 0, kText = 1;
constexpr int kNumberWidth = 84, kTextHeight = 280;
constexpr std::array kKinds = {ChipKind::trained, ChipKind::masked, ChipKind::cut, ChipKind::padding,
                               ChipKind::document};

// What a chip looks like, for the legend.
class ChipMark : public QWidget {
public:
    explicit ChipMark(ChipKind kind) : kind_(kind) { setFixedSize(22, 18); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(text_font(TextRole::caption));
        const bool text = kind_ != ChipKind::padding;
        paint_chip(painter, current_theme(), rect(), kind_,
                   !text                         ? QString()
                   : kind_ == ChipKind::document ? QStringLiteral("2")
                                                 : QStringLiteral("ab"));
    }

private:
    ChipKind kind_;
};

}  // namespace

InspectionPanel::InspectionPanel(DataInspector& inspector, QWidget* parent)
    : QWidget(parent),
      inspector_(inspector),
      batch_(new Card),
      back_(make_button(ButtonKind::quiet)),
      part_(new Segments(2)),
      face_(new Segments(2)),
      place_(new ElidedLabel(TextRole::caption, Tone::muted)),
      flow_(new SupervisionFlow),
      chips_(new QWidget),
      text_(new QPlainTextEdit),
      current_(new ElidedLabel(TextRole::caption)),
      empty_(new EmptyState),
      files_card_(new Card),
      notes_card_(new Card),
      files_(new InspectionTable),
      notes_(new InspectionTable) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::kCard);
    column->setSpacing(space::kGrid);
    column->addWidget(back_, 0, Qt::AlignLeft);
    batch_->header()->addWidget(part_);
    batch_->header()->addWidget(face_);
    auto* chips = new QVBoxLayout(chips_);
    chips->setContentsMargins(0, space::kTiny, 0, 0);
    chips->addWidget(flow_);
    text_->setReadOnly(true);
    text_->setFixedHeight(kTextHeight);
    text_->setFont(text_font(TextRole::mono));
    text_->setTabChangesFocus(true);
    empty_->setMinimumHeight(160);
    batch_->content()->addWidget(make_way());
    batch_->content()->addWidget(empty_);
    batch_->content()->addWidget(chips_);
    batch_->content()->addWidget(text_);
    batch_->content()->addWidget(current_);
    batch_->content()->addWidget(make_legend());
    files_card_->content()->addWidget(files_);
    notes_card_->content()->addWidget(notes_);
    for (Card* card : {batch_, files_card_, notes_card_}) column->addWidget(card);
    column->addStretch(1);
    back_->setObjectName(QStringLiteral("back_to_settings"));
    connect(back_, &QPushButton::clicked, this, &InspectionPanel::closed);
    connect(part_, &Segments::chosen, this, [this](int part) {
        inspector_.show(part == kRow ? DataInspector::Part::row : DataInspector::Part::example, 0);
    });
    connect(face_, &Segments::chosen, this, &InspectionPanel::show_tokens);
    connect(flow_, &SupervisionFlow::current_changed, this, &InspectionPanel::show_current);
    connect(&inspector, &DataInspector::changed, this, &InspectionPanel::show_state);
}

QWidget* InspectionPanel::make_way() {
    way_ = new QWidget;
    previous_ = make_button(ButtonKind::plain);
    next_ = make_button(ButtonKind::plain);
    number_ = new QLineEdit;
    of_ = make_label(TextRole::caption, Tone::muted);
    previous_->setObjectName(QStringLiteral("previous"));
    next_->setObjectName(QStringLiteral("next"));
    number_->setObjectName(QStringLiteral("number"));
    number_->setFixedWidth(kNumberWidth);
    number_->setMaxLength(12);
    auto* row = new QHBoxLayout(way_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(previous_);
    row->addWidget(number_);
    row->addWidget(of_);
    row->addWidget(next_);
    row->addSpacing(space::kSmall);
    row->addWidget(place_, 1);
    connect(previous_, &QPushButton::clicked, this, [this] { step(-1); });
    connect(next_, &QPushButton::clicked, this, [this] { step(1); });
    connect(number_, &QLineEdit::editingFinished, this, [this] {
        bool is_number = false;
        const qlonglong wanted = number_->text().trimmed().toLongLong(&is_number);
        if (is_number && wanted - 1 != inspector_.index()) inspector_.show(inspector_.part(), wanted - 1);
        show_place();
    });
    return way_;
}

QWidget* InspectionPanel::make_legend() {
    legend_ = new QWidget;
    auto* row = new QHBoxLayout(legend_);
    row->setContentsMargins(0, space::kTiny, 0, 0);
    row->setSpacing(space::kTiny);
    for (const ChipKind kind : kKinds) {
        row->addWidget(new ChipMark(kind));
        legend_words_.push_back(make_label(TextRole::caption, Tone::muted));
        row->addWidget(legend_words_.back());
        row->addSpacing(space::kTiny);
    }
    row->addStretch(1);
    return legend_;
}

void InspectionPanel::enter() {
    (inspector_.tokens() != nullptr ? static_cast<QWidget*>(flow_) : back_)->setFocus(Qt::OtherFocusReason);
}

void InspectionPanel::step(int64_t by) {
    const int64_t to = inspector_.index() + by;
    if (to >= 0 && to < inspector_.count(inspector_.part())) inspector_.show(inspector_.part(), to);
}

void InspectionPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT closed();
    if (event->key() == Qt::Key_PageDown) return step(1);
    if (event->key() == Qt::Key_PageUp) return step(-1);
    QWidget::keyPressEvent(event);
}

QString InspectionPanel::empty_text() const {
    using State = DataInspector::State;
    if (inspector_.state() == State::asking) return tr("The data is being read…");
    if (!inspector_.is_current()) return tr("The data was not looked at; what is wrong stands at the right.");
    if (inspector_.trains_tokenizer())
        return tr(
            "Tokens are shown as soon as there is a tokenizer: choose a base model or a tokenizer's folder. A "
            "fresh model without one trains its own when it starts.");
    if (inspector_.count(DataInspector::Part::row) + inspector_.count(DataInspector::Part::example) == 0)
        return tr("There are no examples to show; why stands at the right.");
    return tr("The tokens are being read…");
}

void InspectionPanel::show_state() {
    const bool known = inspector_.answer().has_value();
    for (Card* card : {files_card_, notes_card_}) card->setVisible(false);
    if (known) {
        show_files(*files_, *inspector_.answer());
        show_notes(*notes_, *inspector_.answer());
        files_card_->setVisible(!inspector_.answer()->files.empty());
        notes_card_->setVisible(!inspector_.answer()->notes.empty());
    }
    const bool examples = inspector_.count(DataInspector::Part::example) > 0;
    const bool rows = inspector_.count(DataInspector::Part::row) > 0;
    part_->setVisible(examples && rows);
    part_->set_current(inspector_.part() == DataInspector::Part::row ? kRow : kExample);
    way_->setVisible(examples || rows);
    show_place();
    flow_->set_tokens(inspector_.tokens());
    show_tokens();
}

void InspectionPanel::show_place() {
    const int64_t count = inspector_.count(inspector_.part()), index = inspector_.index();
    if (!number_->hasFocus() || number_->text().toLongLong() != index + 1) number_->setText(QString::number(index + 1));
    of_->setText(tr("of %1").arg(count_text(count)));
    previous_->setEnabled(index > 0);
    next_->setEnabled(index + 1 < count);
    QStringList words;
    if (const InspectedTokens* shown = inspector_.tokens()) {
        if (!shown->file.empty()) words << QFileInfo(QString::fromStdString(shown->file)).fileName();
        if (shown->line > 0) words << tr("line %1").arg(count_text(shown->line));
        words << tr("tokens: %1").arg(count_text(static_cast<int64_t>(shown->tokens.size())));
        const auto cut = static_cast<int64_t>(shown->tokens.size()) - shown->kept;
        if (cut > 0) words << tr("cut off: %1").arg(count_text(cut));
        if (shown->document_begin.size() > 1)
            words << tr("documents: %1").arg(count_text(static_cast<int64_t>(shown->document_begin.size())));
    }
    place_->set_text(words.join(QStringLiteral("  ·  ")));
}

void InspectionPanel::show_tokens() {
    const InspectedTokens* shown = inspector_.tokens();
    const bool as_text = face_->current() == kText;
    chips_->setVisible(shown != nullptr && !as_text);
    text_->setVisible(shown != nullptr && as_text);
    current_->setVisible(chips_->isVisibleTo(batch_));
    legend_->setVisible(chips_->isVisibleTo(batch_));
    face_->setVisible(shown != nullptr);
    empty_->setVisible(shown == nullptr);
    empty_->set_words(empty_text());
    const QString text = shown != nullptr ? QString::fromStdString(shown->text) : QString();
    if (text_->toPlainText() != text) text_->setPlainText(text);
    show_current();
}

void InspectionPanel::show_current() {
    QString words = flow_->current_text();
    if (words.isEmpty() && flow_->left_out() > 0)
        words = tr("The first %1 tokens are drawn; the text has all.").arg(count_text(flow_->shown()));
    if (words.isEmpty()) words = tr("Point at a token, or go through them with the arrow keys, for its id and text.");
    current_->set_text(words);
}

void InspectionPanel::retranslate() {
    batch_->set_title(tr("Batch"));
    files_card_->set_title(tr("Files"));
    notes_card_->set_title(tr("Rows to look at"));
    notes_card_->set_aside(tr("the first 50 of a kind"));
    set_words(back_, QStringLiteral("‹  ") + tr("Back to the settings"), tr("Shows the form again (Esc)"));
    part_->set_words({tr("Example"), tr("Row of a batch")});
    face_->set_words({tr("Tokens"), tr("Text")});
    set_words(previous_, tr("Previous"), tr("The one before (Page Up)"));
    set_words(next_, tr("Next"), tr("The one after (Page Down)"));
    number_->setAccessibleName(tr("Number to go to"));
    number_->setToolTip(tr("A number, then Return, goes there"));
    text_->setAccessibleName(tr("Template text"));
    const QStringList words{tr("trained"), tr("masked"), tr("cut off"), tr("padding"), tr("document begins")};
    for (size_t i = 0; i < legend_words_.size(); ++i) legend_words_[i]->setText(words[static_cast<qsizetype>(i)]);
    flow_->retranslate();
    show_state();
}

}  // namespace lathe
