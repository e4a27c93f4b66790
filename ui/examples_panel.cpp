#include "ui/examples_panel.h"

#include <QKeyEvent>
#include <chrono>

#include "ui/error_text.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kNameWidth = 220;

}  // namespace

ExamplesPanel::ExamplesPanel(ExampleFile& file, QWidget* parent)
    : QWidget(parent),
      file_(file),
      card_(new Card),
      back_(make_button(ButtonKind::quiet)),
      new_(make_button(ButtonKind::quiet)),
      name_(new QLineEdit),
      banner_(new Banner),
      faces_(new QStackedWidget),
      empty_(new EmptyState),
      view_(new ExampleView(file.model())),
      turns_(new TurnEditor(file.model())),
      counts_(make_label(TextRole::caption, Tone::muted)),
      saved_(make_label(TextRole::caption, Tone::muted)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, space::kCard);
    column->setSpacing(space::kGrid);
    column->addWidget(back_, 0, Qt::AlignLeft);
    column->addWidget(card_, 1);
    name_->setFixedWidth(kNameWidth);
    name_->setObjectName(QStringLiteral("examples_name"));
    card_->header()->addWidget(name_);
    card_->header()->addWidget(new_);
    faces_->addWidget(empty_);
    faces_->addWidget(view_);
    card_->content()->addWidget(make_tools());
    card_->content()->addWidget(banner_);
    card_->content()->addWidget(faces_, 1);
    card_->content()->addWidget(turns_);
    card_->content()->addWidget(make_foot());
    banner_->clear();
    count_timer_.setSingleShot(true);
    count_timer_.setInterval(200ms);

    connect(back_, &QPushButton::clicked, this, &ExamplesPanel::closed);
    connect(new_, &QPushButton::clicked, &file, &ExampleFile::start_new);
    connect(name_, &QLineEdit::editingFinished, this, &ExamplesPanel::rename);
    connect(empty_->button(), &QPushButton::clicked, view_, &ExampleView::add_row);
    connect(view_, &ExampleView::row_changed, turns_, &TurnEditor::show_row);
    connect(view_, &ExampleView::refused, this, [this] {
        banner_->show_message(Tone::warn,
                              tr("A table has %1 examples at most.").arg(count_text(ExampleModel::kMostRows)));
    });
    connect(&count_timer_, &QTimer::timeout, this, &ExamplesPanel::show_counts);
    connect(&file, &ExampleFile::changed, this, &ExamplesPanel::show_state);
    connect(&file, &ExampleFile::opened, this, [this] {
        system_->setChecked(file_.model().has_system());
        conversation_->setChecked(file_.model().has_turns());
        turns_->show_row(-1);
        show_rows();
        view_->go_to(0);
    });
    connect(&file.model(), &ExampleModel::edited, this, &ExamplesPanel::show_rows);
}

QWidget* ExamplesPanel::make_tools() {
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kTiny);
    for (QPushButton** button : {&add_, &delete_, &paste_, &system_, &conversation_}) {
        *button = make_button(ButtonKind::quiet);
        row->addWidget(*button);
    }
    row->addStretch(1);
    undo_ = make_icon_button(QStringLiteral("undo"));
    redo_ = make_icon_button(QStringLiteral("redo"));
    row->addWidget(undo_);
    row->addWidget(redo_);
    add_->setObjectName(QStringLiteral("add_example"));
    delete_->setObjectName(QStringLiteral("delete_examples"));
    paste_->setObjectName(QStringLiteral("paste_examples"));
    system_->setObjectName(QStringLiteral("show_system"));
    conversation_->setObjectName(QStringLiteral("show_conversation"));
    for (QPushButton* button : {system_, conversation_}) {
        button->setCheckable(true);
        connect(button, &QPushButton::toggled, this, &ExamplesPanel::show_columns);
    }
    QUndoStack* history = file_.model().history();
    connect(add_, &QPushButton::clicked, view_, &ExampleView::add_row);
    connect(delete_, &QPushButton::clicked, view_, &ExampleView::delete_rows);
    connect(paste_, &QPushButton::clicked, this, &ExamplesPanel::paste);
    connect(undo_, &QPushButton::clicked, history, &QUndoStack::undo);
    connect(redo_, &QPushButton::clicked, history, &QUndoStack::redo);
    connect(history, &QUndoStack::canUndoChanged, undo_, &QPushButton::setEnabled);
    connect(history, &QUndoStack::canRedoChanged, redo_, &QPushButton::setEnabled);
    undo_->setEnabled(false);
    redo_->setEnabled(false);
    return tools;
}

QWidget* ExamplesPanel::make_foot() {
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    use_ = make_button(ButtonKind::plain);
    use_->setObjectName(QStringLiteral("use_examples"));
    counts_->setObjectName(QStringLiteral("example_counts"));
    row->addWidget(counts_, 1);
    row->addWidget(saved_);
    row->addWidget(use_);
    connect(use_, &QPushButton::clicked, this, &ExamplesPanel::use_wanted);
    return foot;
}

void ExamplesPanel::enter() {
    if (!view_->currentIndex().isValid()) view_->go_to(0);
    (view_->has_rows() ? static_cast<QWidget*>(view_) : empty_->button())->setFocus(Qt::OtherFocusReason);
}

void ExamplesPanel::set_used(bool used) {
    used_ = used;
    show_state();
}

void ExamplesPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT closed();
    if (event->matches(QKeySequence::Paste)) return paste();
    if (event->matches(QKeySequence::Save)) return use_->click();
    QWidget::keyPressEvent(event);
}

void ExamplesPanel::paste() {
    if (!file_.is_reading()) view_->paste();
}

void ExamplesPanel::rename() {
    if (file_.rename(name_->text())) return banner_->clear();
    const QString refused = name_->text().trimmed();
    show_state();
    banner_->show_message(
        Tone::warn, tr("A table cannot be called “%1”: there is a file of this name, or it is none.").arg(refused));
}

void ExamplesPanel::show_columns() {
    view_->setColumnHidden(ExampleModel::kSystem, !system_->isChecked());
    view_->setColumnHidden(ExampleModel::kTurns, !file_.model().has_turns());
    turns_->setVisible(conversation_->isChecked());
}

void ExamplesPanel::show_rows() {
    if (file_.model().has_system()) system_->setChecked(true);
    show_columns();
    show_state();
    count_timer_.start();
}

void ExamplesPanel::show_counts() {
    const ExampleCounts counts = file_.model().counts();
    QStringList words{tr("examples: %1").arg(count_text(counts.examples))};
    if (counts.empty_answers > 0) words << tr("! empty answers: %1").arg(count_text(counts.empty_answers));
    if (counts.duplicates > 0) words << tr("! duplicates: %1").arg(count_text(counts.duplicates));
    counts_->setText(words.join(QStringLiteral("  ·  ")));
    set_tone(counts_, words.size() > 1 ? Tone::warn : Tone::muted);
}

void ExamplesPanel::show_state() {
    const bool reading = file_.is_reading(), rows = view_->has_rows();
    faces_->setCurrentWidget(rows && !reading ? static_cast<QWidget*>(view_) : empty_);
    if (reading)
        empty_->set_words(tr("The examples are being read…"));
    else
        empty_->set_words(tr("Type questions and the answers they should get, or paste rows from a spreadsheet."),
                          tr("Add the first"));
    for (QPushButton* button : {add_, paste_, new_}) button->setEnabled(!reading);
    delete_->setEnabled(rows && !reading);
    use_->setEnabled(rows && !reading);
    if (!name_->hasFocus() || file_.name() != name_->text()) name_->setText(file_.name());
    name_->setEnabled(file_.path().isEmpty());
    if (file_.error()) banner_->show_message(Tone::bad, error_text(*file_.error()));
    if (!file_.error() && banner_->isVisibleTo(this) && !file_.is_saved()) banner_->clear();
    const QString saved = file_.error()                                ? tr("not saved")
                          : file_.path().isEmpty() && file_.is_saved() ? QString()
                          : !file_.is_saved()                          ? tr("saving…")
                          : used_                                      ? tr("saved, trained on")
                                                                       : tr("saved");
    saved_->setText(saved);
    saved_->setToolTip(file_.path());
    set_words(use_, used_ ? tr("Save") : tr("Train on these"),
              used_ ? tr("Writes the file now, which happens by itself a moment after every change (Ctrl+S)")
                    : tr("Saves the table and puts its file among data.files of this run (Ctrl+S)"));
}

void ExamplesPanel::retranslate() {
    card_->set_title(tr("Examples"));
    set_words(back_, QStringLiteral("‹  ") + tr("Back to the settings"),
              tr("Shows the form again (Esc); the table is kept"));
    set_words(new_, tr("New table"), tr("Begins another file; this one is saved"));
    set_words(add_, tr("Add a row"), tr("An empty example below this one (Ctrl++)"));
    set_words(delete_, tr("Delete rows"), tr("Takes the chosen examples away; undo brings them back (Ctrl+-)"));
    set_words(paste_, tr("Paste"), tr("Cells of a spreadsheet, from the chosen one on (Ctrl+V)"));
    set_words(system_, tr("System message"), tr("Shows the column of what stands before each conversation"));
    set_words(conversation_, tr("Turns"), tr("Shows all turns of the chosen conversation below the table"));
    set_words(undo_, {}, tr("Undo"));
    set_words(redo_, {}, tr("Redo"));
    name_->setAccessibleName(tr("Name of the table"));
    name_->setToolTip(tr("Its file in the workspace's datasets folder is called so"));
    view_->retranslate();
    turns_->retranslate();
    show_columns();
    show_state();
    show_counts();
}

}  // namespace lathe
