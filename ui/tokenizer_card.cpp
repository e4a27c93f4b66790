#include "ui/tokenizer_card.h"

#include <QLocale>
#include <algorithm>

#include "ui/data_words.h"
#include "ui/error_text.h"
#include "ui/model_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

constexpr int kSizeWidth = 116;
constexpr int64_t kLeast = 257, kMost = 1 << 20, kUsual = 4096;
constexpr size_t kShown = 60;
const QString kSizeKey = QStringLiteral("data/vocab_size");

// Blanks and line ends are seen.
QString token_text(const std::string& token) {
    QString text = QString::fromStdString(token);
    return text.replace(QLatin1Char(' '), QChar(0x2423)).replace(QLatin1Char('\n'), QChar(0x23CE));
}

}  // namespace

TokenizerCard::TokenizerCard(TokenizerJob& job, QSettings& settings, QWidget* parent)
    : QWidget(parent),
      job_(job),
      train_card_(new Card),
      measure_card_(new Card),
      size_label_(make_label(TextRole::body)),
      size_(new QLineEdit),
      hint_(make_label(TextRole::caption, Tone::muted)),
      note_(make_label(TextRole::caption, Tone::muted)),
      empty_(make_label(TextRole::body, Tone::muted)),
      train_(make_button(ButtonKind::plain)),
      measure_(make_button(ButtonKind::plain)),
      cancel_(make_button(ButtonKind::danger)),
      progress_(new QProgressBar),
      merges_(new InspectionTable),
      measures_(new InspectionTable) {
    size_->setObjectName(QStringLiteral("vocab_size"));
    size_->setFixedWidth(kSizeWidth);
    size_->setText(settings.value(kSizeKey, QString::number(kUsual)).toString());
    train_->setObjectName(QStringLiteral("train_tokenizer"));
    cancel_->setObjectName(QStringLiteral("cancel_tokenizer"));
    measure_->setObjectName(QStringLiteral("measure_tokenizers"));
    merges_->setObjectName(QStringLiteral("merges"));
    measures_->setObjectName(QStringLiteral("measures"));
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    for (QLabel* label : {hint_, note_, empty_}) label->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kSmall);
    row->addWidget(size_label_);
    row->addWidget(size_);
    row->addWidget(hint_, 1);
    row->addWidget(train_);
    row->addWidget(cancel_);
    train_card_->content()->addLayout(row);
    train_card_->content()->addWidget(progress_);
    train_card_->content()->addWidget(note_);
    train_card_->content()->addWidget(merges_);
    measure_card_->header()->addWidget(measure_);
    measure_card_->content()->addWidget(empty_);
    measure_card_->content()->addWidget(measures_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kGrid);
    column->addWidget(train_card_);
    column->addWidget(measure_card_);
    column->addStretch(1);
    connect(size_, &QLineEdit::textEdited, this, [this, &settings](const QString& text) {
        settings.setValue(kSizeKey, text);
        show_job();
    });
    connect(size_, &QLineEdit::returnPressed, this, &TokenizerCard::train);
    connect(train_, &QPushButton::clicked, this, &TokenizerCard::train);
    connect(measure_, &QPushButton::clicked, this, [this] { job_.measure(data_); });
    connect(cancel_, &QPushButton::clicked, &job_, &TokenizerJob::cancel);
    connect(&job_, &TokenizerJob::changed, this, &TokenizerCard::show_job);
    connect(&job_, &TokenizerJob::listed, this, &TokenizerCard::show_job);
    connect(&job_, &TokenizerJob::progressed, this, &TokenizerCard::show_progress);
}

void TokenizerCard::set_data(const DataConfig& data, const QString& name, bool saved) {
    data_ = data;
    name_ = name;
    saved_ = saved;
    show_job();
}

// 0: not a legal one.
int64_t TokenizerCard::vocab_size() const {
    QString text = size_->text();
    bool is_number = false;
    const qlonglong size =
        text.remove(QLatin1Char(',')).remove(QLatin1Char('_')).remove(QLatin1Char(' ')).toLongLong(&is_number);
    return is_number && size >= kLeast && size <= kMost ? size : 0;
}

void TokenizerCard::train() {
    if (!train_->isEnabled()) return;
    job_.train(data_, vocab_size(), name_.toStdString());
}

void TokenizerCard::show_job() {
    const bool idle = job_.state() == TokenizerJob::State::idle, any = !data_.files.empty();
    const bool several = std::any_of(job_.tokenizers().begin(), job_.tokenizers().end(),
                                     [](const TokenizerEntry& one) { return !one.problem; });
    set_look(size_, "wrong", vocab_size() == 0);
    size_->setEnabled(idle);
    train_->setVisible(idle);
    train_->setEnabled(any && saved_ && vocab_size() > 0);
    hint_->setText(saved_ || !any ? tr("257 to 1,048,576; byte-level BPE with Qwen's pattern")
                                  : tr("The recipe under Clean is saved as a version first: the tokenizer learns from "
                                       "what it keeps"));
    set_tone(hint_, saved_ || !any ? Tone::muted : Tone::warn);
    measure_->setEnabled(idle && any && several);
    cancel_->setVisible(!idle);
    progress_->setVisible(!idle);
    show_progress();
    show_measures();
}

void TokenizerCard::show_progress() {
    progress_->setValue(static_cast<int>(1000 * job_.share()));
    const TokenizerJob::State state = job_.state();
    QString note;
    if (job_.error())
        note = error_text(*job_.error());
    else if (state == TokenizerJob::State::measuring)
        note = tr("Measuring the tokenizers at hand on the same texts…");
    else if (state == TokenizerJob::State::training && job_.wanted_merges() == 0)
        note = tr("Counting the words…");
    else if (job_.wanted_merges() > 0)
        note = tr("%1 of %2 merges; the newest first").arg(count_text(job_.merges()), count_text(job_.wanted_merges()));
    if (state == TokenizerJob::State::idle && !job_.trained().empty() && !job_.error())
        note = tr("Written to %1").arg(QString::fromStdString(job_.trained()));
    set_tone(note_, job_.error() ? Tone::bad : Tone::muted);
    note_->setText(note);
    note_->setVisible(!note.isEmpty());
    std::vector<QStringList> rows;
    for (const TokenizerMerge& merge : job_.latest()) {
        if (rows.size() == kShown) break;
        rows.push_back({token_text(merge.left), token_text(merge.right), token_text(merge.left + merge.right),
                        count_text(merge.count)});
    }
    merges_->setVisible(!rows.empty());
    merges_->set_rows({tr("Left"), tr("Right"), tr("New token"), tr("Times in the data")}, rows);
}

void TokenizerCard::show_measures() {
    std::vector<QStringList> rows;
    for (const TokenizerMeasure& one : job_.measures()) {
        const bool counted = one.tokens > 0 && !one.tokenizer.problem;
        const double each = counted ? static_cast<double>(one.bytes) / static_cast<double>(one.tokens) : 0;
        rows.push_back(
            {tokenizer_title(one.tokenizer), counted ? fixed_text(each, 3) : QStringLiteral("–"),
             counted ? count_text(one.tokens) : QString(), counted ? count_text(one.tokenizer.vocab_size) : QString(),
             one.tokenizer.problem ? error_text(*one.tokenizer.problem) : source_title(one.tokenizer.source)});
    }
    measures_->setVisible(!rows.empty());
    empty_->setVisible(rows.empty());
    measures_->set_rows({tr("Tokenizer"), tr("Bytes a token"), tr("Tokens"), tr("Vocabulary"), tr("Where")}, rows);
    measure_card_->set_aside(job_.measures().empty() ? QString()
                                                     : bytes_text(static_cast<double>(job_.measures().front().bytes)));
}

void TokenizerCard::retranslate() {
    train_card_->set_title(tr("Train a tokenizer"));
    measure_card_->set_title(tr("Compression"));
    name_field(size_label_, size_, tr("Vocabulary"),
               tr("Tokens to make: 256 bytes, a special token, and merges; more shorten texts and enlarge the model's "
                  "embedding. 4,096 to 32,768 is usual for a model of one's own"));
    set_words(train_, tr("Train tokenizer"),
              tr("Learns the most frequent pieces of these texts; seconds for a few MB"));
    set_words(cancel_, tr("Stop"), tr("Nothing half-written stays"));
    set_words(measure_, tr("Compare"),
              tr("Counts the tokens that each tokenizer at hand makes of the first 20 MB of these texts"));
    empty_->setText(
        tr("Here the tokenizers of the workspace stand beside those of the models on this disk (Qwen's, "
           "GPT-2's, SmolLM2's where they are at hand): how many bytes a token of each stands for."));
    merges_->setAccessibleName(tr("Merges"));
    merges_->setToolTip(tr("What was joined last"));
    measures_->setAccessibleName(tr("Compression of the tokenizers"));
    measures_->setToolTip(tr("More bytes a token: shorter sequences for the same text"));
    show_job();
}

}  // namespace lathe
