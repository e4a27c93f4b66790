#include "ui/chat_page.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>
#include <algorithm>
#include <chrono>
#include <utility>

#include "ui/conversation_text.h"
#include "ui/error_text.h"
#include "ui/key_tip.h"

namespace lathe {

namespace {

using namespace std::chrono_literals;

constexpr int kListWidth = 220, kSettingsWidth = 268;
constexpr int kTightBelow = 1000, kTightList = 184, kTightSettings = 248;

QString open_key() {
    return QStringLiteral("chat/open");
}

QString settings_key() {
    return QStringLiteral("chat/settings");
}

QString tokens_key() {
    return QStringLiteral("chat/tokens");
}

}  // namespace

ChatPage::ChatPage(const PageContext& context, QWidget* parent)
    : Page(Scroll::none, parent),
      context_(context),
      conversations_(context.engine),
      list_(new ConversationList(conversations_)),
      transcript_(new Transcript),
      lens_(new TokenLens),
      prompt_(new PromptBox),
      toast_(new Banner),
      list_card_(new Card),
      settings_(new ChatSettings(context)),
      tokens_button_(make_button(ButtonKind::plain)),
      new_button_(make_button(ButtonKind::plain)),
      settings_button_(make_icon_button(QStringLiteral("settings"))) {
    build();
    build_actions();
    connect_parts();
    wanted_ = context.settings.value(open_key()).toString().toStdString();
    open_ = conversations_.create(settings_->model(), default_sample());
    show_open();
    ready();
}

void ChatPage::build() {
    add_action_button(tokens_button_);
    add_action_button(new_button_);
    add_action_button(settings_button_);
    tokens_button_->setCheckable(true);
    tokens_button_->setObjectName(QStringLiteral("show_tokens"));
    settings_button_->setCheckable(true);

    list_card_->content()->addWidget(list_, 1);

    auto* center = new QVBoxLayout;
    center->setSpacing(space::kGrid);
    center->addWidget(transcript_, 1);
    center->addWidget(lens_, 1);
    center->addWidget(toast_);
    center->addWidget(prompt_);

    auto* row = new QHBoxLayout;
    row->setSpacing(space::kCard);
    row->addWidget(list_card_);
    row->addLayout(center, 1);
    row->addWidget(settings_);
    body()->addLayout(row, 1);
    show_settings(context_.settings.value(settings_key(), true).toBool());
    show_tokens(context_.settings.value(tokens_key(), false).toBool());
}

void ChatPage::build_actions() {
    new_ = add_action("new", [this] { new_conversation(); });
    stop_ = add_action("stop", [this] { conversations_.stop(open_); });
    rename_ = add_action("rename", [this] { list_->rename_open(); });
    delete_ = add_action("delete", [this] { remove(open_); });
    copy_ = add_action("copy", [this] { QGuiApplication::clipboard()->setText(text_of(state()->kept)); });
    export_ = add_action("export", [this] { choose_export(); });
    tokens_ = add_action("tokens", tokens_button_);
    branch_ = add_action("continue_alternative", lens_->branch_button(), [this] { show_tokens(true); });
    former_ = add_action("former_answer", lens_->former_button());
    new_->setShortcut(QKeySequence::New);
    stop_->setShortcut(Qt::Key_Escape);
    rename_->setShortcut(Qt::Key_F2);
    show_keys_in_tooltip(new_button_, new_);
    show_keys_in_tooltip(prompt_->button(), stop_);  // it can stop while the action can
}

void ChatPage::connect_parts() {
    connect(new_button_, &QPushButton::clicked, this, &ChatPage::new_conversation);
    connect(settings_button_, &QPushButton::clicked, this, &ChatPage::show_settings);
    connect(tokens_button_, &QPushButton::clicked, this, &ChatPage::show_tokens);
    connect(lens_, &TokenLens::branch_wanted, this, [this](size_t turn, size_t token, const TokenLogprob& other) {
        conversations_.go_on_from(open_, turn, token, other);
    });
    const auto swap_former = [this] { conversations_.swap_former(open_); };
    connect(lens_, &TokenLens::former_wanted, this, swap_former);
    connect(transcript_, &Transcript::former_wanted, this, swap_former);
    connect(lens_, &TokenLens::again_wanted, this, &ChatPage::answer_again);
    connect(settings_, &ChatSettings::sample_chosen, this,
            [this] { conversations_.set_sample(open_, settings_->sample()); });
    connect(settings_, &ChatSettings::model_chosen, this, [this] {
        conversations_.set_model(open_, settings_->model());
        update_title();
    });
    connect(list_, &ConversationList::chosen, this, &ChatPage::open);
    connect(list_, &ConversationList::removal_wanted, this, &ChatPage::remove);

    connect(prompt_, &PromptBox::edited, this,
            [this] { conversations_.set_draft(open_, prompt_->text().toStdString()); });
    connect(prompt_, &PromptBox::send_wanted, this, [this] { conversations_.send(open_); });
    connect(prompt_, &PromptBox::stop_wanted, this, [this] { conversations_.stop(open_); });
    connect(transcript_, &Transcript::again_wanted, this, &ChatPage::answer_again);
    connect(transcript_, &Transcript::go_on_wanted, this, [this] { conversations_.go_on(open_); });
    connect(transcript_, &Transcript::earlier_wanted, this, [this] { transcript_->show_conversation(*state()); });
    connect(transcript_, &Transcript::example_wanted, this, [this] {
        if (prompt_->edit()->is_empty())
            prompt_->edit()->setPlainText(tr("Once upon a time, in a small workshop by the river,"));
        prompt_->edit()->moveCursor(QTextCursor::End);
        prompt_->edit()->setFocus();
    });
    connect(transcript_, &Transcript::copy_wanted, this, [this](size_t first, size_t end) {
        std::string text;
        for (size_t i = first; i < end && i < state()->kept.turns.size(); ++i)
            if (state()->kept.turns[i].from_model) text += state()->kept.turns[i].text;
        QGuiApplication::clipboard()->setText(QString::fromStdString(text));
    });

    connect(&conversations_, &Conversations::list_changed, this, &ChatPage::on_list);
    connect(&conversations_, &Conversations::turns_changed, this, [this](const std::string& id) {
        if (id != open_) return;
        show_turns();
        show_answer();
        show_failure();
        update_title();
    });
    connect(&conversations_, &Conversations::grew, this, [this](const std::string& id, const std::string& text) {
        if (id != open_) return;
        transcript_->append(*state(), text);
        lens_->update_answer(*state());
    });
    connect(&conversations_, &Conversations::answer_changed, this, [this](const std::string& id) {
        if (id != open_) return;
        transcript_->update_answer(*state());
        lens_->update_answer(*state());
        show_answer();
    });
    connect(&conversations_, &Conversations::draft_changed, this, [this](const std::string& id) {
        if (id == open_) prompt_->set_text(QString::fromStdString(state()->kept.draft));
    });
    connect(&conversations_, &Conversations::answer_failed, this, [this](const std::string& id) {
        if (id == open_) show_failure();
    });
    connect(&conversations_, &Conversations::record_failed, this, [this](const Error& error) {
        banner()->show_message(Tone::warn, tr("Conversations are not saved now: %1").arg(error_text(error)),
                               QString::fromStdString(error.sentence()));
    });
    connect(&conversations_, &Conversations::record_works, this, [this] {
        banner()->clear();
        show_failure();
    });
    connect(&context_.runs, &RunList::workspace_answered, this, [this] {
        if (const auto& error = context_.runs.workspace_error()) conversations_.workspace_failed(*error);
    });
    connect(&context_.runs, &RunList::changed, this, &ChatPage::update_title);
    connect(&context_.run, &RunWatch::state_changed, this, &ChatPage::update_title);
    toast_time_.setSingleShot(true);
    toast_time_.setInterval(10s);
    connect(&toast_time_, &QTimer::timeout, toast_, &Banner::clear);
}

QString ChatPage::name() const {
    return tr("Chat");
}

void ChatPage::entered() {
    prompt_->edit()->setFocus();
}

void ChatPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    restyle();
}

void ChatPage::restyle() {
    const bool tight = width() < kTightBelow;
    list_card_->setFixedWidth(scaled_pixels(tight ? kTightList : kListWidth));
    settings_->setFixedWidth(scaled_pixels(tight ? kTightSettings : kSettingsWidth));
}

void ChatPage::open(const std::string& id) {
    if (conversations_.find(id) == nullptr) return;
    open_ = id;
    context_.settings.setValue(open_key(), QString::fromStdString(id));
    conversations_.drop_blank(id);
    show_open();
}

void ChatPage::show_open() {
    list_->set_open(open_);
    prompt_->set_text(QString::fromStdString(state()->kept.draft));
    show_turns();
    show_settings_of_open();
    show_answer();
    show_failure();
}

void ChatPage::show_turns() {
    transcript_->show_conversation(*state());
    lens_->show_conversation(*state());
}

// The record has come: what was open when the window closed is open again, unless something new was begun meanwhile.
void ChatPage::on_list() {
    if (!wanted_ || !conversations_.listed()) return;
    const std::string wanted = *std::exchange(wanted_, std::nullopt);
    if (!is_blank(state()->kept)) return;
    for (const ConversationState& other : conversations_.all())
        if (other.kept.id == wanted) return open(wanted);
    for (const ConversationState& other : conversations_.all())
        if (other.stored) return open(other.kept.id);
}

void ChatPage::new_conversation() {
    open(conversations_.create(settings_->model(), settings_->sample()));
    prompt_->edit()->setFocus();
}

void ChatPage::take_model(const ModelSource& source) {
    open(conversations_.create(source, settings_->sample()));
    prompt_->edit()->setFocus();
}

void ChatPage::take_text(const QString& text) {
    const QString typed = prompt_->text();
    prompt_->set_text(typed.isEmpty() ? text : typed + QLatin1Char('\n') + text);
    conversations_.set_draft(open_, prompt_->text().toStdString());
    prompt_->edit()->setFocus();
}

void ChatPage::remove(const std::string& id) {
    const ConversationState* gone = conversations_.find(id);
    if (gone == nullptr) return;
    const QString title = title_of(gone->kept);
    const bool blank = is_blank(gone->kept);
    const auto& all = conversations_.all();
    auto next = std::find_if(all.begin(), all.end(), [&](const ConversationState& other) { return &other == gone; });
    next = std::next(next) != all.end() ? std::next(next) : next != all.begin() ? std::prev(next) : all.end();
    const std::string neighbour = next == all.end() ? std::string() : next->kept.id;
    conversations_.remove(id);
    if (id == open_)
        open(neighbour.empty() ? conversations_.create(settings_->model(), settings_->sample()) : neighbour);
    if (blank) return;
    toast_->show_message(Tone::muted, tr("“%1” is deleted.").arg(title));
    toast_->add_action(tr("Undo"), [this] { undo_remove(); })->setToolTip(tr("Brings the conversation back"));
    toast_time_.start();
}

void ChatPage::undo_remove() {
    toast_->clear();
    open(conversations_.undo_remove());
}

void ChatPage::show_answer() {
    const ConversationState& shown = *state();
    const bool answering = shown.answering.has_value(), stopping = answering && shown.answering->stopping;
    const bool has_turns = !shown.kept.turns.empty();
    prompt_->set_state(stopping    ? PromptBox::State::stopping
                       : answering ? PromptBox::State::answering
                                   : PromptBox::State::idle,
                       has_turns);
    stop_->setEnabled(answering && !stopping);
    copy_->setEnabled(has_turns);
    export_->setEnabled(has_turns);
}

void ChatPage::show_failure() {
    if (state()->error) show_error(*state()->error);
    if (!state()->error && failure_shown_) banner()->clear();
    failure_shown_ = state()->error.has_value();
}

void ChatPage::show_settings_of_open() {
    settings_->show_settings(state()->kept.model, state()->kept.sample);
    update_title();
}

void ChatPage::show_settings(bool shown) {
    context_.settings.setValue(settings_key(), shown);
    settings_->setVisible(shown);
    settings_button_->setChecked(shown);
    set_words(settings_button_, {}, shown ? tr("Hide model and sampling") : tr("Show model and sampling"));
}

void ChatPage::show_tokens(bool shown) {
    context_.settings.setValue(tokens_key(), shown);
    conversations_.set_logprobs(shown ? kMaxLogprobs : 0);
    tokens_button_->setChecked(shown);
    transcript_->setVisible(!shown);
    lens_->setVisible(shown);
}

void ChatPage::answer_again() {
    conversations_.again(open_);
    show_settings_of_open();  // the seed is another
}

void ChatPage::choose_export() {
    const QString name = QDir::home().filePath(file_name_of(state()->kept) + QStringLiteral(".txt"));
    const QString path = QFileDialog::getSaveFileName(window(), tr("Export the conversation"), name,
                                                      tr("Text (*.txt);;Markdown (*.md)"));
    if (!path.isEmpty()) export_to(path);
}

bool ChatPage::export_to(const QString& path) {
    const bool markdown = path.endsWith(QLatin1String(".md"), Qt::CaseInsensitive);
    const QByteArray text = (markdown ? markdown_of(state()->kept) : text_of(state()->kept)).toUtf8();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) return true;
    show_error({.kind = ErrorKind::io, .file = path.toStdString(), .found = file.errorString().toStdString()});
    return false;
}

void ChatPage::update_title() {
    const std::optional<bool> templated = state() != nullptr ? state()->templated : std::nullopt;
    const QString mode = !templated   ? tr("%1 answers what you write.")
                         : *templated ? tr("Chat: %1 answers by its chat template.")
                                      : tr("Complete: %1 goes on from your text exactly as it stands.");
    set_title(name(), mode.arg(settings_->model_title()));
}

void ChatPage::retranslate() {
    update_title();
    set_words(new_button_, tr("New conversation"),
              tr("Begins another conversation with this model and these settings"));
    set_words(tokens_button_, tr("Tokens"),
              tr("The last answer token by token: how probable each was, what else could have stood there, and the "
                 "answer from there on. While this is on, each token costs one more pass over the vocabulary"));
    list_card_->set_title(tr("Conversations"));
    show_settings(settings_->isVisibleTo(this));
    new_->setText(tr("New conversation"));
    stop_->setText(tr("Stop the answer"));
    rename_->setText(tr("Rename the conversation"));
    delete_->setText(tr("Delete the conversation"));
    copy_->setText(tr("Copy the conversation"));
    export_->setText(tr("Export the conversation as text…"));
    tokens_->setText(tr("Show the answer as tokens, or as text"));
    branch_->setText(tr("Continue from the chosen alternative"));
    former_->setText(tr("Bring back the former answer"));
    show_failure();
}

}  // namespace lathe
