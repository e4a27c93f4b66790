#include "ui/export_form.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QSignalBlocker>
#include <algorithm>
#include <chrono>

#include "ui/number_text.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int64_t kShards[] = {0, 10'000'000'000, 5'000'000'000, 2'000'000'000};  // 0: one file

const QString kKey = QStringLiteral("export/form");

// What a folder may be called. One that ends in .gguf would be a file to other programs.
QString file_name(const QString& text) {
    const QString stem = text.endsWith(QLatin1String(".gguf"), Qt::CaseInsensitive) ? text.chopped(5) : text;
    QString name;
    for (const QChar c : stem) name += c.isLetterOrNumber() || c == QLatin1Char('.') ? c : QLatin1Char('-');
    while (name.contains(QStringLiteral("--"))) name.replace(QStringLiteral("--"), QStringLiteral("-"));
    return name.isEmpty() ? QStringLiteral("model") : name;
}

QLineEdit* make_line() {
    auto* line = new QLineEdit;
    line->setClearButtonEnabled(true);
    return line;
}

}  // namespace

ExportForm::ExportForm(const PageContext& context, QWidget* parent)
    : Card(parent),
      context_(context),
      grid_(new QGridLayout),
      picker_(new ModelPicker(context, ModelPicker::Live::absent)),
      adapter_(make_line()),
      browse_adapter_(make_button(ButtonKind::plain)),
      format_(new Segments(4)),
      numbers_(new DropDown),
      shards_(new DropDown),
      ollama_(new Switch),
      system_(make_line()),
      folder_(new QLineEdit),
      browse_folder_(make_button(ButtonKind::plain)) {
    grid_->setHorizontalSpacing(space::kCard);
    grid_->setVerticalSpacing(space::kGrid);
    grid_->setColumnStretch(1, 1);
    folder_->setObjectName(QStringLiteral("folder"));
    adapter_->setObjectName(QStringLiteral("adapter"));
    model_label_ = add_row(0, picker_);
    adapter_label_ = add_row(1, adapter_, browse_adapter_);
    format_label_ = add_row(2, format_);
    format_note_ = make_label(TextRole::caption, Tone::muted);
    format_note_->setWordWrap(true);
    grid_->addWidget(format_note_, 3, 1, 1, 2);
    numbers_label_ = add_row(4, numbers_);
    shards_label_ = add_row(5, shards_);
    ollama_label_ = add_row(6, ollama_);
    system_label_ = add_row(7, system_);
    folder_label_ = add_row(8, folder_, browse_folder_);
    content()->addLayout(grid_);
    content()->addStretch(1);

    soon_.setSingleShot(true);
    soon_.setInterval(150ms);
    connect(&soon_, &QTimer::timeout, this, &ExportForm::changed);
    connect(picker_, &ModelPicker::chosen, this, [this] {
        if (!folder_typed_) suggest_folder();
        touch();
    });
    connect(adapter_, &QLineEdit::textChanged, this, [this] {
        show_format();
        touch_soon();
    });
    connect(format_, &Segments::chosen, this, &ExportForm::on_format);
    for (DropDown* choice : {numbers_, shards_}) connect(choice, &QComboBox::activated, this, &ExportForm::touch);
    connect(ollama_, &QAbstractButton::toggled, this, [this] {
        show_format();
        touch();
    });
    connect(system_, &QLineEdit::textEdited, this, &ExportForm::touch_soon);
    connect(folder_, &QLineEdit::textEdited, this, [this] {
        folder_typed_ = true;
        touch_soon();
    });
    connect(browse_adapter_, &QPushButton::clicked, this, &ExportForm::browse_adapter);
    connect(browse_folder_, &QPushButton::clicked, this, &ExportForm::browse_folder);
    format_->set_current(kHf);
    retranslate();
    restore();
}

QLabel* ExportForm::add_row(int row, QWidget* field, QWidget* button) {
    QLabel* label = make_label(TextRole::body);
    label->setBuddy(field);
    grid_->addWidget(label, row, 0);
    const bool wide = qobject_cast<QLineEdit*>(field) != nullptr || qobject_cast<QComboBox*>(field) != nullptr;
    grid_->addWidget(field, row, 1, 1, button == nullptr ? 2 : 1, wide ? Qt::Alignment() : Qt::AlignLeft);
    if (button != nullptr) grid_->addWidget(button, row, 2);
    return label;
}

// In the order of the drop-down; the first is the usual one.
const std::vector<std::string>& ExportForm::numbers() const {
    static const std::vector<std::string> kHfNumbers = {"bfloat16", "float16", "float32"};
    static const std::vector<std::string> kAdapterNumbers = {"bfloat16", "float32"};
    static const std::vector<std::string> kGgufNumbers = {"q4_k_m", "q8_0", "q4_0", "f16", "bf16"};
    return format() == kGguf ? kGgufNumbers : format() == kAdapter ? kAdapterNumbers : kHfNumbers;
}

ExportModel ExportForm::choice() const {
    const ModelSource source = picker_->source();
    QString folder = folder_->text().trimmed();
    // As typed, from the workspace on: the program's own folder means nothing to the user.
    if (!folder.isEmpty()) folder = QDir::cleanPath(QDir(context_.paths.workspace).absoluteFilePath(folder));
    ExportModel what{.model = source.run.empty() ? source.folder : std::string(),
                     .adapter = adapter_->text().trimmed().toStdString(),
                     .run = source.run,
                     .checkpoint = source.checkpoint,
                     .out = folder.toStdString()};
    static constexpr const char* kNames[] = {"hf", "adapter", "nf4", "gguf"};
    what.format = format() == kHf && !what.adapter.empty() ? "merged" : kNames[format()];
    const std::string number = numbers()[static_cast<size_t>(std::max(0, numbers_->currentIndex()))];
    if (format() == kGguf) {
        what.gguf_type = number;
        what.ollama = ollama_->isChecked();
        if (what.ollama) what.system = system_->text().trimmed().toStdString();
    } else {
        what.dtype = number;
        if (const int64_t bytes = kShards[std::max(0, shards_->currentIndex())]; bytes > 0)
            what.max_shard_bytes = bytes;
        else
            what.max_shard_bytes = INT64_MAX;
    }
    return what;
}

void ExportForm::set_source(const ModelSource& source) {
    picker_->set_source(source);
    suggest_folder();
}

void ExportForm::take_model(const ModelSource& source) {
    touched_ = true;
    set_source(source);
    Q_EMIT changed();
}

void ExportForm::choose_ollama() {
    format_->set_current(kGguf);
    show_format();
    numbers_->setCurrentIndex(0);
    {
        const QSignalBlocker quiet(ollama_);
        ollama_->setChecked(true);
    }
    show_format();
    touch();
}

void ExportForm::suggest_folder() {
    const ModelSource source = picker_->source();
    const QString name = file_name(source.run.empty() ? QFileInfo(QString::fromStdString(source.folder)).fileName()
                                                      : QString::fromStdString(source.run + "-" + source.checkpoint));
    const QString base = context_.paths.workspace + QStringLiteral("/exports/") + name;
    QString folder = base;
    for (int i = 2; QFileInfo::exists(folder); ++i) folder = base + QLatin1Char('-') + QString::number(i);
    folder_->setText(QDir::toNativeSeparators(folder));
    folder_typed_ = false;
    keep();
}

void ExportForm::touch() {
    touched_ = true;
    keep();
    Q_EMIT changed();
}

void ExportForm::touch_soon() {
    touched_ = true;
    keep();
    soon_.start();
}

void ExportForm::keep() {
    const ModelSource source = picker_->source();
    QVariantMap kept{{QStringLiteral("format"), format_->current()},
                     {QStringLiteral("numbers"), numbers_->currentText()},
                     {QStringLiteral("shards"), shards_->currentIndex()},
                     {QStringLiteral("ollama"), ollama_->isChecked()},
                     {QStringLiteral("system"), system_->text()}};
    if (folder_typed_ || !adapter_->text().isEmpty()) {
        kept[QStringLiteral("adapter")] = adapter_->text();
        kept[QStringLiteral("model")] = QString::fromStdString(source.folder);
        kept[QStringLiteral("run")] = QString::fromStdString(source.run);
        kept[QStringLiteral("checkpoint")] = QString::fromStdString(source.checkpoint);
    }
    if (folder_typed_) kept[QStringLiteral("folder")] = folder_->text();
    context_.settings.setValue(kKey, kept);
}

void ExportForm::restore() {
    const QVariantMap kept = context_.settings.value(kKey).toMap();
    if (kept.isEmpty()) return;
    const auto text = [&](const char* name) { return kept[QLatin1String(name)].toString(); };
    const QSignalBlocker quiet_adapter(adapter_), quiet_ollama(ollama_);
    // A folder that has its export by now would be refused, and its model is done with.
    const bool free = kept.contains(QStringLiteral("folder")) &&
                      QDir(QDir(context_.paths.workspace).absoluteFilePath(text("folder"))).isEmpty();
    if (kept.contains(QStringLiteral("model")) && (free || !text("adapter").isEmpty())) {
        touched_ = true;
        adapter_->setText(text("adapter"));
        set_source({.folder = text("model").toStdString(),
                    .run = text("run").toStdString(),
                    .checkpoint = text("checkpoint").toStdString()});
    }
    if (free) {
        folder_->setText(text("folder"));
        folder_typed_ = true;
    }
    system_->setText(text("system"));
    ollama_->setChecked(kept[QStringLiteral("ollama")].toBool());
    format_->set_current(std::clamp<int>(kept[QStringLiteral("format")].toInt(), kHf, kGguf));
    show_format();
    numbers_->setCurrentIndex(std::max(0, numbers_->findText(text("numbers"))));
    shards_->setCurrentIndex(std::clamp(kept[QStringLiteral("shards")].toInt(), 0, shards_->count() - 1));
    keep();  // also what suggesting a folder has kept meanwhile
}

void ExportForm::on_format() {
    show_format();
    touch();
}

void ExportForm::browse_folder() {
    const QString parent = QFileDialog::getExistingDirectory(window(), tr("Export into a new folder under"),
                                                             QFileInfo(folder_->text()).path());
    if (parent.isEmpty()) return;
    folder_->setText(QDir::toNativeSeparators(parent + QLatin1Char('/') + QFileInfo(folder_->text()).fileName()));
    folder_typed_ = true;
    touch();
}

void ExportForm::browse_adapter() {
    const QString folder =
        QFileDialog::getExistingDirectory(window(), tr("Folder of a PEFT adapter"), adapter_->text());
    if (!folder.isEmpty()) adapter_->setText(QDir::toNativeSeparators(folder));
}

// Only what belongs to the format is seen.
void ExportForm::show_format() {
    const Format now = format();
    const QString kept = numbers_->currentText();
    numbers_->clear();
    for (const std::string& name : numbers()) {
        const QString text = QString::fromStdString(name);
        numbers_->addItem(now == kGguf ? text.toUpper() : text);
    }
    numbers_->setCurrentIndex(std::max(0, numbers_->findText(kept)));
    const bool adapted = !adapter_->text().trimmed().isEmpty();
    const QString notes[] = {adapted ? tr("A folder for transformers and vLLM, the adapter merged into the weights.")
                                     : tr("A folder for transformers and vLLM."),
                             tr("The adapter alone, for PEFT and vLLM; its base stays where it is."),
                             tr("bitsandbytes NF4, double quantised: a quarter of the size; the linear layers have 4 "
                                "bits, the rest these numbers."),
                             tr("One file for llama.cpp, Ollama and LM Studio.")};
    format_note_->setText(notes[now]);
    const bool shards = now == kHf || now == kNf4, gguf = now == kGguf, system = gguf && ollama_->isChecked();
    for (QWidget* widget : {static_cast<QWidget*>(shards_label_), static_cast<QWidget*>(shards_)})
        widget->setVisible(shards);
    for (QWidget* widget : {static_cast<QWidget*>(ollama_label_), static_cast<QWidget*>(ollama_)})
        widget->setVisible(gguf);
    for (QWidget* widget : {static_cast<QWidget*>(system_label_), static_cast<QWidget*>(system_)})
        widget->setVisible(system);
}

void ExportForm::retranslate() {
    set_title(tr("What and where"));
    name_field(model_label_, picker_, tr("Weights"),
               tr("A run's last or best checkpoint, the starter model, a model folder or a GGUF file"));
    name_field(adapter_label_, adapter_, tr("Adapter"), tr("Folder of a PEFT LoRA adapter to lay over the weights"));
    adapter_->setPlaceholderText(tr("none"));
    name_field(format_label_, format_, tr("Format"), {});
    format_->set_words({QStringLiteral("Hugging Face"), tr("Adapter"), QStringLiteral("NF4"), QStringLiteral("GGUF")});
    name_field(
        numbers_label_, numbers_, tr("Numbers"),
        tr("How each weight is stored. bfloat16 is what most checkpoints are; Q4_K_M is the usual choice of llama.cpp "
           "and Ollama, Q8_0 is twice as large and nearly exact."));
    name_field(shards_label_, shards_, tr("Cut into"), tr("Weights larger than this are split over several files"));
    const int shard = std::max(0, shards_->currentIndex());
    shards_->clear();
    for (const int64_t bytes : kShards)
        shards_->addItem(bytes == 0 ? tr("one file") : tr("files of %1").arg(bytes_text(static_cast<double>(bytes))));
    shards_->setCurrentIndex(shard);
    name_field(ollama_label_, ollama_, tr("For Ollama"), tr("Writes a Modelfile: chat template, end tokens, context"));
    name_field(system_label_, system_, tr("System"), tr("System message that the Modelfile sets"));
    system_->setPlaceholderText(tr("the model's own"));
    name_field(folder_label_, folder_, tr("Folder"), tr("A new or empty folder"));
    set_words(browse_adapter_, tr("Choose…"), tr("Choose the adapter's folder"));
    set_words(browse_folder_, tr("Choose…"), tr("Choose the folder that the new one is made in"));
    for (QPushButton* browse : {browse_adapter_, browse_folder_}) browse->setAccessibleName(browse->toolTip());
    show_format();
}

void ExportForm::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
