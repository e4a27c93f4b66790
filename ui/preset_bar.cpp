#include "ui/preset_bar.h"

#include <algorithm>

namespace lathe {

namespace {

constexpr int kNamesWidth = 180, kFilterWidth = 240;

}  // namespace

PresetBar::PresetBar(const AppPaths& paths, QWidget* parent)
    : QWidget(parent),
      paths_(paths),
      word_(make_label(TextRole::body, Tone::muted)),
      names_(new DropDown),
      again_(make_button(ButtonKind::link)),
      undo_(make_icon_button(QStringLiteral("undo"))),
      redo_(make_icon_button(QStringLiteral("redo"))),
      filter_(new QLineEdit) {
    names_->setMinimumWidth(kNamesWidth);
    filter_->setFont(text_font(TextRole::body));
    filter_->setClearButtonEnabled(true);
    filter_->setMaximumWidth(kFilterWidth);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(word_);
    row->addWidget(names_);
    row->addWidget(again_);
    row->addStretch(1);
    row->addWidget(undo_);
    row->addWidget(redo_);
    row->addWidget(filter_, 2);
    connect(names_, &QComboBox::activated, this, &PresetBar::on_activated);
    connect(again_, &QPushButton::clicked, this, [this] {
        const Preset* preset = find(current_);
        if (preset != nullptr && preset->config) Q_EMIT chosen(*preset);
    });
    refresh();
    set_changed(false);
}

void PresetBar::refresh() {
    presets_ = list_presets(paths_);
    fill();
}

const Preset* PresetBar::find(const QString& name) const {
    // The user's own of a name stands before the shipped one.
    const auto found =
        std::find_if(presets_.rbegin(), presets_.rend(), [&](const Preset& preset) { return preset.name == name; });
    return found == presets_.rend() ? nullptr : &*found;
}

void PresetBar::fill() {
    names_->clear();
    bool own = false;
    for (size_t i = 0; i < presets_.size(); ++i) {
        if (presets_[i].own && !own && i > 0) names_->insertSeparator(names_->count());
        own = presets_[i].own;
        names_->addItem(presets_[i].error ? tr("%1 · broken").arg(presets_[i].name) : presets_[i].name,
                        static_cast<int>(i));
        names_->setItemData(names_->count() - 1, presets_[i].file, Qt::ToolTipRole);
    }
    set_current(current_);
}

void PresetBar::set_current(const QString& name) {
    current_ = name;
    const Preset* preset = find(name);
    const int index = preset == nullptr ? -1 : static_cast<int>(preset - presets_.data());
    names_->setCurrentIndex(index < 0 ? -1 : names_->findData(index));
}

std::optional<RunConfig> PresetBar::save(const QString& name, const RunConfig& config) {
    auto before = save_preset(paths_, name, config);
    refresh();
    set_current(name);
    return before;
}

void PresetBar::set_changed(bool changed) {
    again_->setVisible(changed && find(current_) != nullptr);
}

void PresetBar::on_activated(int index) {
    const Preset preset = presets_[static_cast<size_t>(names_->itemData(index).toInt())];
    if (preset.error) {
        set_current(current_);
        Q_EMIT broken(preset);
    } else {
        set_current(preset.name);
        Q_EMIT chosen(preset);
    }
}

void PresetBar::retranslate() {
    word_->setText(tr("Preset"));
    names_->setAccessibleName(tr("Preset"));
    names_->setToolTip(tr("Settings to begin with: those that come with Lathe, and your own"));
    names_->setPlaceholderText(tr("none"));
    set_words(again_, tr("changed · take back"), tr("Puts the settings of the preset in again; undo takes it back"));
    set_words(undo_, {}, tr("Undo the last change"));
    set_words(redo_, {}, tr("Redo"));
    filter_->setPlaceholderText(tr("Find a setting"));
    filter_->setAccessibleName(tr("Find a setting"));
    filter_->setToolTip(tr("Shows the settings whose name or description has these words"));
    fill();
}

}  // namespace lathe
