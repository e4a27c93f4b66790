#include "ui/settings_page.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QStorageInfo>
#include <QUrl>
#include <array>

#include "ui/number_text.h"

namespace lathe {

namespace {

Switch* switch_of(QWidget* control) {
    return static_cast<Switch*>(control);
}

}  // namespace

SettingsPage::SettingsPage(const PageContext& context, Appearance& appearance, Preferences& preferences,
                           KeyBindings& bindings, QWidget* parent)
    : Page(Scroll::page, parent),
      context_(context),
      appearance_(appearance),
      preferences_(preferences),
      bindings_(bindings),
      looks_(new Card),
      training_(new Card),
      places_(new Card),
      keys_(new Card),
      about_(new Card),
      theme_(new Segments(3)),
      language_(new Segments(3)),
      text_size_(new Segments(static_cast<int>(kTextSizes.size()))),
      on_close_(new Segments(3)),
      workspace_(new ElidedLabel(TextRole::mono)),
      open_workspace_(make_button(ButtonKind::plain)),
      other_workspace_(make_button(ButtonKind::plain)),
      standard_keys_(make_button(ButtonKind::quiet)),
      key_list_(new KeyList(bindings)),
      about_text_(make_label(TextRole::body, Tone::muted)),
      tour_(make_button(ButtonKind::plain)) {
    theme_line_ = add_line(looks_, theme_);
    language_line_ = add_line(looks_, language_);
    text_line_ = add_line(looks_, text_size_);
    awake_ = add_switch(training_, [this](bool on) { preferences_.set_keeps_awake(on); });
    notify_ = add_switch(training_, [this](bool on) { preferences_.set_notifies(on); });
    room_ = add_switch(training_, [this](bool on) { preferences_.set_leaves_room(on); });
    close_line_ = add_line(training_, on_close_);

    auto* place = new QHBoxLayout;
    place->addWidget(workspace_, 1);
    place->addWidget(open_workspace_);
    place->addWidget(other_workspace_);
    places_->content()->addLayout(place);

    keys_->header()->addWidget(standard_keys_);
    keys_->content()->addWidget(key_list_);

    about_text_->setWordWrap(true);
    about_text_->setOpenExternalLinks(false);
    about_->content()->addWidget(about_text_);
    about_->content()->addWidget(tour_, 0, Qt::AlignLeft);
    for (Card* card : {looks_, training_, places_, keys_, about_}) body()->addWidget(card);
    body()->addStretch(1);

    connect(theme_, &Segments::chosen, this,
            [this](int index) { appearance_.set_theme(static_cast<ThemeChoice>(index)); });
    connect(language_, &Segments::chosen, this,
            [this](int index) { appearance_.set_language(static_cast<LanguageChoice>(index)); });
    connect(text_size_, &Segments::chosen, this,
            [this](int index) { appearance_.set_text_size(kTextSizes[static_cast<size_t>(index)]); });
    connect(on_close_, &Segments::chosen, this,
            [this](int index) { preferences_.set_on_close(static_cast<OnClose>(index)); });
    connect(open_workspace_, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(context_.paths.workspace)); });
    connect(other_workspace_, &QPushButton::clicked, this, &SettingsPage::choose_workspace);
    connect(standard_keys_, &QPushButton::clicked, this, [this] {
        chosen_before_ = bindings_.chosen();
        bindings_.choose({});
        say_standard_keys();
    });
    connect(&bindings, &KeyBindings::changed, this, &SettingsPage::show_keys);
    connect(tour_, &QPushButton::clicked, this, &SettingsPage::tour_wanted);
    connect(&appearance, &Appearance::changed, this, &SettingsPage::show_choices);
    connect(&preferences, &Preferences::changed, this, &SettingsPage::show_choices);
    connect(&context.runs, &RunList::changed, this, [this] {
        if (isVisible()) show_places();
    });
    ready();
}

SettingsPage::Line SettingsPage::add_line(Card* card, QWidget* control) {
    Line line{make_label(TextRole::body), make_label(TextRole::caption, Tone::muted), control};
    line.help->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(line.name);
    words->addWidget(line.help);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::kPage);
    row->addLayout(words, 1);
    row->addWidget(control, 0, Qt::AlignVCenter);
    card->content()->addLayout(row);
    return line;
}

SettingsPage::Line SettingsPage::add_switch(Card* card, const std::function<void(bool)>& set) {
    auto* control = new Switch;
    control->setCheckable(true);
    connect(control, &Switch::clicked, this, set);
    return add_line(card, control);
}

void SettingsPage::name_line(const Line& line, const QString& name, const QString& help) {
    line.name->setText(name);
    line.help->setText(help);
    line.control->setAccessibleName(name);
    line.control->setAccessibleDescription(help);
    line.control->setToolTip(help);
}

QString SettingsPage::name() const {
    return tr("Settings");
}

void SettingsPage::entered() {
    show_keys();
    key_list_->fill();  // an action may have another name by now
    show_places();
}

void SettingsPage::show_choices() {
    theme_->set_current(static_cast<int>(appearance_.theme_choice()));
    language_->set_current(static_cast<int>(appearance_.language_choice()));
    const auto* size = std::find(kTextSizes.begin(), kTextSizes.end(), appearance_.text_size());
    text_size_->set_current(size == kTextSizes.end() ? -1 : static_cast<int>(size - kTextSizes.begin()));
    on_close_->set_current(static_cast<int>(preferences_.on_close()));
    switch_of(awake_.control)->setChecked(preferences_.keeps_awake());
    switch_of(notify_.control)->setChecked(preferences_.notifies());
    switch_of(room_.control)->setChecked(preferences_.leaves_room());
}

void SettingsPage::show_keys() {
    standard_keys_->setEnabled(!bindings_.chosen().empty());
    if (!bindings_.chosen().empty()) banner()->clear();  // keys were changed since
}

void SettingsPage::say_standard_keys() {
    banner()->show_message(Tone::ok, tr("Every action has its standard keys again."));
    banner()
        ->add_action(tr("Undo"), [this] { bindings_.choose(chosen_before_); })
        ->setToolTip(tr("Brings back the keys that you gave"));
}

void SettingsPage::show_places() {
    workspace_->set_text(QDir::toNativeSeparators(context_.paths.workspace));
    const QStorageInfo disk(QDir(context_.paths.workspace).exists() ? context_.paths.workspace : QDir::homePath());
    const auto runs = static_cast<int64_t>(context_.runs.runs().size());
    places_->set_aside(tr("Runs: %1 · %2 free on this disk")
                           .arg(count_text(runs), bytes_text(static_cast<double>(disk.bytesAvailable()))));
}

void SettingsPage::choose_workspace() {
    const QString folder = QFileDialog::getExistingDirectory(
        window(), tr("Open another workspace; an empty folder becomes a new one"), context_.paths.workspace);
    if (!folder.isEmpty() && QDir(folder) != QDir(context_.paths.workspace)) Q_EMIT workspace_wanted(folder);
}

void SettingsPage::retranslate() {
    set_title(tr("Settings"), tr("Kept for this user; they change at once."));
    looks_->set_title(tr("Looks"));
    name_line(theme_line_, tr("Theme"), tr("The system's choice is followed while the window is open, too"));
    theme_->set_words({tr("System"), tr("Dark"), tr("Light")});
    name_line(language_line_, tr("Language"), tr("Everything that Lathe says; what models write stays as it is"));
    language_->set_words({tr("System"), QStringLiteral("English"), QStringLiteral("한국어")});
    name_line(text_line_, tr("Text size"), tr("Of every text of the window"));
    QStringList sizes;
    for (const int percent : kTextSizes) sizes << tr("%1 %").arg(percent);
    text_size_->set_words(sizes);
    training_->set_title(tr("While a model trains"));
    name_line(awake_, tr("Keep the machine awake"),
              tr("It does not go to sleep before a run, a download or other long work has ended"));
    name_line(
        notify_, tr("Tell me when long work has ended"),
        tr("A notification of the desktop, for runs, downloads, exports and other work of more than a minute while the "
           "window is in the background"));
    name_line(room_, tr("Leave room for me"),
              tr("Trains on half of the cores and gives way to other programs: slower, with the same result"));
    name_line(close_line_, tr("When the window is closed"), tr("A run that goes on without the window is in the tray"));
    on_close_->set_words({tr("Ask"), tr("Go on in the tray"), tr("Save and stop")});
    places_->set_title(tr("Workspace"));
    set_words(open_workspace_, tr("Open folder"), tr("Shows runs, data sets, models and exports in the file manager"));
    set_words(other_workspace_, tr("Another workspace…"),
              tr("Opens it in a window of its own; an empty folder becomes a new one, and what goes on here goes on"));
    keys_->set_title(tr("Keys"));
    set_words(standard_keys_, tr("Standard keys"), tr("Every action as it was at first; can be undone"));
    if (!banner()->isHidden()) say_standard_keys();
    about_->set_title(tr("About Lathe"));
    about_text_->setText(
        tr("Lathe %1. The programs are free software under GPL-3.0-or-later, the engine under Apache-2.0. Nothing "
           "leaves this machine but what you ask for: a model to download.")
            .arg(QCoreApplication::applicationVersion()));
    set_words(tour_, tr("Show me around"), tr("The short tour of the first start"));
    show_choices();
    if (isVisible()) entered();
}

}  // namespace lathe
