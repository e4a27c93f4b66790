#include "ui/export_page.h"

#include <QAction>
#include <algorithm>

#include "ui/key_tip.h"
#include "ui/number_text.h"

namespace lathe {

ExportPage::ExportPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::page, parent), context_(context), plan_(context.engine) {
    export_ = make_button(ButtonKind::primary);
    export_->setObjectName(QStringLiteral("export"));
    ollama_ = make_button(ButtonKind::plain);
    ollama_->setObjectName(QStringLiteral("ollama"));
    cancel_ = make_button(ButtonKind::danger);
    cancel_->setObjectName(QStringLiteral("cancel"));
    for (QPushButton* button : {ollama_, cancel_, export_}) add_action_button(button);
    form_ = new ExportForm(context);
    result_ = new ExportResult;
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kGrid);
    row->addWidget(form_, 1);
    row->addWidget(make_plan(), 1);
    body()->addLayout(row);
    body()->addWidget(result_);
    body()->addStretch(1);
    result_->hide();

    const auto choose = [this] { plan_.choose(form_->choice()); };
    connect(form_, &ExportForm::changed, this, choose);
    const auto choose_anew = [this, choose] {
        form_->suggest_folder();
        choose();
    };
    connect(free_name_, &QPushButton::clicked, this, choose_anew);
    connect(result_, &ExportResult::another_wanted, this, choose_anew);
    connect(export_, &QPushButton::clicked, &plan_, &ExportPlan::write);
    connect(ollama_, &QPushButton::clicked, this, &ExportPage::write_for_ollama);
    connect(cancel_, &QPushButton::clicked, &plan_, &ExportPlan::cancel);
    connect(&plan_, &ExportPlan::changed, this, &ExportPage::show_plan);
    connect(&context_.runs, &RunList::changed, this, &ExportPage::offer_newest);
    connect(&plan_, &ExportPlan::progressed, this,
            [this] { progress_->setValue(static_cast<int>(1000 * plan_.share())); });
    export_action_ = add_action("export", [this] { plan_.write(); });
    export_action_->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    ollama_action_ = add_action("ollama", [this] { write_for_ollama(); });
    cancel_action_ = add_action("cancel", [this] { plan_.cancel(); });
    show_keys_in_tooltip(export_, export_action_);
    show_keys_in_tooltip(ollama_, ollama_action_);
    show_keys_in_tooltip(cancel_, cancel_action_);
    ready();
}

QWidget* ExportPage::make_plan() {
    files_ = new Card;
    list_ = new SizeList;
    empty_ = new EmptyState;
    warnings_ = make_label(TextRole::caption, Tone::warn);
    warnings_->setWordWrap(true);
    space_note_ = make_label(TextRole::caption, Tone::muted);
    space_note_->setWordWrap(true);
    free_name_ = make_button(ButtonKind::link);
    progress_note_ = make_label(TextRole::caption, Tone::muted);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    files_->content()->addWidget(list_);
    files_->content()->addWidget(empty_);
    files_->content()->addStretch(1);
    files_->content()->addWidget(warnings_);
    files_->content()->addWidget(progress_note_);
    files_->content()->addWidget(progress_);
    auto* row = new QHBoxLayout;
    row->addWidget(space_note_, 1);
    row->addWidget(free_name_);
    files_->content()->addLayout(row);
    return files_;
}

QString ExportPage::name() const {
    return tr("Export");
}

void ExportPage::entered() {
    context_.runs.refresh();
    offer_newest();
    if (form_->choice().out.empty()) form_->suggest_folder();
    if (plan_.state() == ExportPlan::State::choosing) plan_.choose(form_->choice());
}

void ExportPage::take_model(const ModelSource& source) {
    if (!plan_.busy()) form_->take_model(source);
}

void ExportPage::offer_newest() {
    if (form_->touched() || plan_.state() != ExportPlan::State::choosing) return;
    const std::vector<RunSummary>& runs = context_.runs.runs();
    const auto newest =
        std::find_if(runs.begin(), runs.end(), [](const RunSummary& run) { return !run.checkpoints.empty(); });
    if (newest == runs.end() || form_->source().run == newest->run) return;
    form_->set_source({.folder = {}, .run = newest->run, .checkpoint = "last"});
    if (isVisible()) plan_.choose(form_->choice());
}

void ExportPage::write_for_ollama() {
    if (plan_.busy()) return;
    ollama_wanted_ = true;
    form_->choose_ollama();
}

void ExportPage::show_files() {
    const std::optional<ExportPlanned>& planned = plan_.planned();
    list_->set_files(planned ? planned->files : std::vector<std::pair<std::string, int64_t>>());
    files_->set_aside(planned ? bytes_text(static_cast<double>(plan_.total_bytes())) : QString());
    empty_->setVisible(!planned);
}

void ExportPage::show_space() {
    const std::optional<ExportPlanned>& planned = plan_.planned();
    const bool in_use = planned && planned->folder_in_use && plan_.state() == ExportPlan::State::choosing;
    const bool fits = !planned || planned->free_bytes >= plan_.total_bytes();
    space_note_->setVisible(planned.has_value());
    free_name_->setVisible(in_use);
    if (!planned) return;
    const QString free = bytes_text(static_cast<double>(planned->free_bytes));
    space_note_->setText(in_use  ? tr("This folder is not empty; an export never writes over anything.")
                         : !fits ? tr("Too little space: %1 free there.").arg(free)
                                 : tr("%1 free there. The folder appears when it is whole, or not at all.").arg(free));
    set_tone(space_note_, in_use || !fits ? Tone::bad : Tone::muted);
}

void ExportPage::show_plan() {
    if (ollama_wanted_ && !plan_.planning()) {
        ollama_wanted_ = false;
        if (plan_.can_write()) return plan_.write();
    }
    const ExportPlan::State state = plan_.state();
    show_files();
    show_space();
    for (QWidget* widget : {static_cast<QWidget*>(progress_), static_cast<QWidget*>(progress_note_)})
        widget->setVisible(plan_.busy());
    progress_note_->setText(state == ExportPlan::State::proving ? tr("Reading it back…") : tr("Writing…"));
    export_->setVisible(!plan_.busy());
    export_->setEnabled(plan_.can_write());
    export_action_->setEnabled(plan_.can_write());
    ollama_->setVisible(!plan_.busy());
    ollama_action_->setEnabled(!plan_.busy());
    cancel_->setVisible(plan_.busy());
    cancel_action_->setEnabled(plan_.busy());
    form_->setEnabled(!plan_.busy());
    if (plan_.error())
        show_error(*plan_.error());
    else
        banner()->clear();
    const bool written = state == ExportPlan::State::proving || state == ExportPlan::State::done;
    // Afterwards the result has them.
    const QString warnings = plan_.planned() && !written ? export_warnings_text(plan_.planned()->warnings) : QString();
    warnings_->setText(warnings);
    warnings_->setVisible(!warnings.isEmpty());
    result_->setVisible(written && plan_.report());
    if (written && plan_.report()) result_->show_report(*plan_.report(), state == ExportPlan::State::proving);
}

void ExportPage::retranslate() {
    set_title(tr("Export"), tr("For transformers, vLLM, PEFT, llama.cpp and Ollama; read back and compared."));
    set_words(export_, tr("Export"), tr("Writes the files listed below, reads them back and compares"));
    set_words(ollama_, tr("Use in Ollama"), tr("Writes a GGUF of 4 bits and a Modelfile"));
    set_words(cancel_, tr("Cancel"), tr("Stops; nothing half-written stays"));
    export_action_->setText(tr("Export"));
    ollama_action_->setText(tr("Export for Ollama"));
    cancel_action_->setText(tr("Cancel the export"));
    files_->set_title(tr("Will be written"));
    empty_->set_words(tr("The files and their sizes will be listed here."));
    set_words(free_name_, tr("Use a free name"), tr("Puts a number behind the name"));
    show_plan();
}

}  // namespace lathe
