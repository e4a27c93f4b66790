#include "ui/preset_name.h"

#include <QFileInfo>
#include <QKeyEvent>

#include "engine/base/error.h"

namespace lathe {

PresetName::PresetName(const AppPaths& paths, QWidget* parent)
    : QWidget(parent),
      paths_(paths),
      word_(make_label(TextRole::body, Tone::muted)),
      edit_(new QLineEdit),
      says_(make_label(TextRole::caption, Tone::muted)),
      save_(make_button(ButtonKind::plain)),
      leave_(make_button(ButtonKind::quiet)) {
    edit_->setObjectName(QStringLiteral("preset_name"));
    edit_->setFont(text_font(TextRole::body));
    says_->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(word_);
    row->addWidget(edit_, 1);
    row->addWidget(says_, 1);
    row->addWidget(leave_);
    row->addWidget(save_);
    connect(edit_, &QLineEdit::textChanged, this, &PresetName::check);
    connect(edit_, &QLineEdit::returnPressed, this, &PresetName::give);
    connect(save_, &QPushButton::clicked, this, &PresetName::give);
    connect(leave_, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void PresetName::ask(const QString& name) {
    edit_->setText(name);
    edit_->selectAll();
    check();
    show();
    edit_->setFocus(Qt::OtherFocusReason);
}

void PresetName::check() {
    const QString name = edit_->text();
    const bool legal = is_preset_name(name);
    const bool there = legal && QFileInfo::exists(own_preset_file(paths_, name));
    save_->setEnabled(legal);
    set_tone(says_, legal || name.isEmpty() ? Tone::muted : Tone::bad);
    says_->setText(name.isEmpty() ? QString()
                   : !legal       ? tr("This cannot be the name of a file.")
                   : there        ? tr("Takes the place of your preset of this name; it can be put back.")
                                  : QString());
}

void PresetName::give() {
    if (!save_->isEnabled()) return;
    hide();
    Q_EMIT given(edit_->text().trimmed());
}

void PresetName::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return hide();
    QWidget::keyPressEvent(event);
}

void PresetName::retranslate() {
    name_field(word_, edit_, tr("Name of the preset"),
               tr("It is kept in the workspace, and offered wherever presets are"));
    set_words(save_, tr("Save"), tr("Keeps the settings under this name"));
    set_words(leave_, tr("Leave it"), tr("Saves nothing"));
    check();
}

void tell_saved(Banner& banner, const AppPaths& paths, const QString& name, const std::optional<RunConfig>& before,
                const std::function<void()>& presets_changed) {
    banner.show_message(Tone::ok, PresetName::tr("Saved as the preset “%1”.").arg(name));
    if (!before) return;
    banner.add_action(PresetName::tr("Put the old one back"), [&banner, &paths, name, old = *before, presets_changed] {
        banner.clear();
        if (const auto error = error_of([&] { save_preset(paths, name, old); })) return banner.show_error(*error);
        presets_changed();
    });
}

}  // namespace lathe
