#include "ui/model_contents.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>

#include "ui/number_text.h"

namespace lathe {

ModelContents::ModelContents(Library& library, QWidget* parent)
    : Card(parent),
      library_(library),
      parts_(new Segments(3)),
      copy_(make_icon_button(QStringLiteral("copy"))),
      faces_(new QStackedWidget),
      tensors_(new TensorTable),
      text_(new QPlainTextEdit),
      empty_(new EmptyState) {
    text_->setReadOnly(true);
    text_->setProperty("role", QStringLiteral("plain"));
    text_->setFont(text_font(TextRole::mono));
    text_->setTabChangesFocus(true);
    text_->document()->setDocumentMargin(0);
    for (QWidget* face : std::initializer_list<QWidget*>{tensors_, text_, empty_}) faces_->addWidget(face);
    header()->addWidget(copy_);
    header()->addWidget(parts_);
    content()->addWidget(faces_, 1);
    connect(parts_, &Segments::chosen, this, &ModelContents::show_part);
    connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(tensors_, &TensorTable::chosen, &library, &Library::describe);
    connect(&library, &Library::detail_changed, this, &ModelContents::show_detail);
    connect(&library, &Library::histogram_changed, this, [this] {
        tensors_->histogram()->set_histogram(library_.tensor(), library_.histogram(), library_.describing());
    });
    retranslate();
}

void ModelContents::show_detail() {
    const std::optional<ModelDetail>& detail = library_.detail();
    tensors_->set_tensors(detail ? detail->tensors : std::vector<TensorRow>());
    tensors_->histogram()->set_histogram({}, {}, false);
    show_part();
}

QString ModelContents::text() const {
    if (!library_.detail() || parts_->current() == kTensors) return {};
    return QString::fromStdString(parts_->current() == kConfig ? library_.detail()->config
                                                               : library_.detail()->chat_template);
}

void ModelContents::show_part() {
    const std::optional<ModelDetail>& detail = library_.detail();
    const int part = parts_->current();
    const size_t count = detail ? detail->tensors.size() : 0;
    set_title(count == 0 ? tr("Inside") : tr("Inside · %1 tensors").arg(count_text(static_cast<int64_t>(count))));
    const QString shown = text();
    const bool table = part == kTensors && count > 0;
    const QString reasons[] = {tr("Its tensors could not be read."), tr("It has no configuration."),
                               tr("It has no chat template.")};
    empty_->set_words(library_.reading() ? tr("Reading…") : !detail ? tr("It could not be read.") : reasons[part]);
    if (text_->toPlainText() != shown) text_->setPlainText(shown);
    faces_->setCurrentWidget(table             ? static_cast<QWidget*>(tensors_)
                             : shown.isEmpty() ? static_cast<QWidget*>(empty_)
                                               : text_);
    copy_->setVisible(!shown.isEmpty());
}

void ModelContents::retranslate() {
    parts_->set_words({tr("Tensors"), tr("Config"), tr("Template")});
    set_words(copy_, {}, tr("Copy this text"));
    text_->setAccessibleName(tr("Text of the model's file"));
    show_part();
}

void ModelContents::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
