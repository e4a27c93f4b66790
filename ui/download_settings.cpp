#include "ui/download_settings.h"

#include <QEvent>

namespace lathe {

namespace {

QString mirror_key() {
    return QStringLiteral("library/mirror");
}
QString proxy_key() {
    return QStringLiteral("library/proxy");
}
QString downloads_key() {
    return QStringLiteral("library/downloads");
}

}  // namespace

DownloadSettings::DownloadSettings(QSettings& settings, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      fold_(make_button(ButtonKind::quiet)),
      folded_(new QWidget),
      grid_(new QGridLayout(folded_)),
      mirror_(new QLineEdit),
      proxy_(new QLineEdit),
      allowed_(new Switch) {
    fold_->setCheckable(true);
    fold_->setObjectName(QStringLiteral("fold"));
    allowed_->setObjectName(QStringLiteral("downloads"));
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(space::kCard);
    grid_->setVerticalSpacing(space::kSmall);
    grid_->setColumnStretch(1, 1);
    mirror_label_ = add_row(mirror_);
    proxy_label_ = add_row(proxy_);
    allowed_label_ = add_row(allowed_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    column->addWidget(fold_, 0, Qt::AlignLeft);
    column->addWidget(folded_);

    mirror_->setText(settings.value(mirror_key()).toString());
    proxy_->setText(settings.value(proxy_key()).toString());
    allowed_->setChecked(settings.value(downloads_key(), true).toBool());
    fold_->setChecked(!allowed());  // the switch is what is looked for then
    connect(fold_, &QPushButton::toggled, this, &DownloadSettings::show_fold);
    for (const auto& [line, key] : {std::pair(mirror_, mirror_key()), std::pair(proxy_, proxy_key())})
        connect(line, &QLineEdit::textEdited, this, [this, key = key](const QString& text) {
            settings_.setValue(key, text.trimmed());
            Q_EMIT changed();
        });
    connect(allowed_, &QAbstractButton::toggled, this, [this](bool on) {
        settings_.setValue(downloads_key(), on);
        Q_EMIT changed();
    });
    show_fold();
    retranslate();
}

QLabel* DownloadSettings::add_row(QWidget* field) {
    QLabel* label = make_label(TextRole::body);
    label->setBuddy(field);
    const int row = grid_->rowCount();
    grid_->addWidget(label, row, 0);
    grid_->addWidget(field, row, 1, qobject_cast<QLineEdit*>(field) != nullptr ? Qt::Alignment() : Qt::AlignLeft);
    return label;
}

FetchWish DownloadSettings::wish(const QString& what) const {
    return {.what = what.trimmed().toStdString(),
            .mirror = mirror_->text().trimmed().toStdString(),
            .proxy = proxy_->text().trimmed().toStdString(),
            .token = qEnvironmentVariable("HF_TOKEN").toStdString(),
            .allowed = allowed()};
}

void DownloadSettings::show_fold() {
    folded_->setVisible(fold_->isChecked());
}

void DownloadSettings::retranslate() {
    set_words(fold_, tr("Mirror and proxy"), tr("From where models are fetched, and whether they may be"));
    name_field(mirror_label_, mirror_, tr("Mirror"),
               tr("Address of a site that has the same repositories as Hugging Face"));
    mirror_->setPlaceholderText(QStringLiteral("https://huggingface.co"));
    name_field(proxy_label_, proxy_, tr("Proxy"), tr("Address of the proxy that leads out of this network"));
    proxy_->setPlaceholderText(tr("the environment's"));
    name_field(allowed_label_, allowed_, tr("Downloads allowed"), tr("Off: Lathe asks nothing of the network"));
}

void DownloadSettings::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lathe
