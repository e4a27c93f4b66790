#include "ui/export_result.h"

#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QUrl>

#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kMostCommands = 4;

}  // namespace

QString export_warnings_text(const std::vector<ExportWarning>& warnings) {
    QStringList lines;
    for (const auto& [kind, detail] : warnings) {
        const QString more = QString::fromStdString(detail);
        if (kind == "vllm_tensor_parallel")
            lines << ExportResult::tr("vLLM runs weights that are NF4 already on one GPU, or in pipeline stages.");
        else if (kind == "vllm_lora_rank")
            lines << ExportResult::tr("vLLM takes no adapter of rank %1; 512 is its most.").arg(more);
        else if (kind == "no_tokenizer")
            lines << ExportResult::tr("There is no tokenizer: texts cannot be sent to it.");
        else if (kind == "no_chat_template")
            lines << ExportResult::tr("There is no chat template: vLLM answers completions, not chats.");
        else if (kind == "tokenizer_differs")
            lines << ExportResult::tr("Perhaps not the tokenizer of these weights: %1").arg(more);
        else if (kind == "base_differs")
            lines << ExportResult::tr("Perhaps not the base of this adapter: %1").arg(more);
        else if (kind == "quantised_reference")
            lines << ExportResult::tr(
                "The weights were of few bits before; made of the 16-bit original it would be better.");
        else
            lines << QString::fromStdString(kind) + QLatin1Char(' ') + more;
    }
    return lines.join(QLatin1Char('\n'));
}

ExportResult::ExportResult(QWidget* parent)
    : Card(parent),
      where_(make_label(TextRole::body)),
      open_folder_(make_button(ButtonKind::plain)),
      another_(make_button(ButtonKind::plain)),
      verdict_(make_label(TextRole::body)),
      proof_(new QGridLayout),
      warnings_(make_label(TextRole::caption, Tone::warn)) {
    for (QLabel* label : {where_, verdict_, warnings_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(where_, 1);
    row->addWidget(open_folder_);
    row->addWidget(another_);
    proof_->setHorizontalSpacing(space::kCard);
    proof_->setVerticalSpacing(space::kTiny);
    proof_->setColumnStretch(1, 1);
    proof_->setColumnStretch(2, 1);
    content()->addLayout(row);
    content()->addWidget(verdict_);
    content()->addLayout(proof_);
    content()->addWidget(warnings_);
    for (int i = 0; i < kMostCommands; ++i) {
        commands_.push_back(new CodeBox);
        content()->addWidget(commands_.back());
    }
    connect(open_folder_, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(report_.folder))); });
    connect(another_, &QPushButton::clicked, this, &ExportResult::another_wanted);
    retranslate();
}

void ExportResult::show_report(const ExportReport& report, bool proving) {
    report_ = report;
    proving_ = proving;
    retranslate();
}

void ExportResult::add_line(const QString& name, const QString& value, const QString& beside, Tone tone) {
    const int row = proof_->count() / 3;
    QLabel* label = make_label(TextRole::caption, Tone::muted);
    label->setText(name);
    proof_->addWidget(label, row, 0, Qt::AlignTop);
    int column = 1;
    for (const QString& text : {value, beside}) {
        QLabel* cell = make_label(TextRole::body, column == 1 ? tone : Tone::muted);
        cell->setText(text);
        cell->setWordWrap(true);
        cell->setTextFormat(Qt::PlainText);
        cell->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        proof_->addWidget(cell, row, column++, Qt::AlignTop);
    }
}

void ExportResult::show_proof() {
    while (QLayoutItem* item = proof_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (proving_) {
        verdict_->setText(tr("It is being read back and compared with what it was made of…"));
        set_tone(verdict_, Tone::muted);
        return;
    }
    if (!report_.proof) {
        verdict_->setText(report_.not_proven.empty()
                              ? tr("It was not read back.")
                              : tr("It could not be proven: %1").arg(QString::fromStdString(report_.not_proven)));
        set_tone(verdict_, Tone::warn);
        return;
    }
    const ExportProof& proof = *report_.proof;
    const bool same_answer = proof.sample == proof.reference_sample;
    const bool exact = proof.same_tokens && same_answer && proof.top1_agreement_clear == 1;
    verdict_->setText(!proof.same_tokens ? tr("Read back: its tokenizer makes other tokens of the same text.")
                      : exact            ? tr("Read back: it answers as what it was made of.")
                                         : tr("Read back: the rounding changes some of its choices; see below."));
    set_tone(verdict_, !proof.same_tokens ? Tone::bad : exact ? Tone::ok : Tone::warn);
    add_line({}, tr("The export"), tr("What it was made of"), Tone::muted);
    add_line(tr("Perplexity over %1 tokens").arg(count_text(proof.tokens)), fixed_text(proof.perplexity, 4),
             fixed_text(proof.reference_perplexity, 4));
    add_line(tr("First choice equal"), percent_text(proof.top1_agreement, 2),
             tr("%1 where the choice is clear").arg(percent_text(proof.top1_agreement_clear, 2)));
    add_line(tr("Largest difference of a logit"), QString::number(proof.max_logit_difference, 'g', 3), {});
    if (!proof.prompt.empty())
        add_line(tr("Goes on from “%1”").arg(QString::fromStdString(proof.prompt).simplified().right(48)),
                 QString::fromStdString(proof.sample).simplified(),
                 same_answer ? tr("the same") : QString::fromStdString(proof.reference_sample).simplified());
}

void ExportResult::show_commands() {
    const auto caption = [](const std::string& tool) {
        if (tool == "transformers") return tr("In Python, with transformers");
        if (tool == "peft") return tr("In Python, with PEFT");
        if (tool == "vllm") return tr("As an OpenAI server, with vLLM");
        if (tool == "llama.cpp") return tr("In a terminal, with llama.cpp");
        if (tool == "ollama") return tr("In a terminal, with Ollama");
        return tr("In a terminal, with Lathe");
    };
    for (size_t i = 0; i < commands_.size(); ++i) {
        const bool there = i < report_.commands.size();
        commands_[i]->setVisible(there);
        if (!there) continue;
        commands_[i]->set_words(caption(report_.commands[i].tool));
        commands_[i]->set_code(QString::fromStdString(report_.commands[i].text));
    }
    const QString warnings = export_warnings_text(report_.warnings);
    warnings_->setText(warnings);
    warnings_->setVisible(!warnings.isEmpty());
}

void ExportResult::retranslate() {
    set_title(tr("Exported"));
    set_words(open_folder_, tr("Open the folder"), tr("Shows it in the file manager"));
    set_words(another_, tr("Export another"), tr("Back to the choice, with a free name"));
    another_->setEnabled(!proving_);
    where_->setText(tr("Written to %1").arg(QDir::toNativeSeparators(QString::fromStdString(report_.folder))));
    show_proof();
    show_commands();
}

void ExportResult::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
