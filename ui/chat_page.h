// Chat: conversations at the left, the open one in the middle, as text or as the tokens of its last answer, its model
// and sampling at the right. The state is Conversations'; the page shows it and passes on what the user does. Thread:
// GUI.
#pragma once

#include <QTimer>
#include <optional>

#include "ui/chat_settings.h"
#include "ui/conversation_list.h"
#include "ui/conversations.h"
#include "ui/page.h"
#include "ui/prompt_box.h"
#include "ui/token_lens.h"
#include "ui/transcript.h"

namespace lathe {

class ChatPage : public Page {
    Q_OBJECT

public:
    explicit ChatPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("chat"); }
    void entered() override;
    // A new conversation with these weights.
    void take_model(const ModelSource& source) override;
    void take_text(const QString& text) override;  // at the end of the prompt

    Conversations& conversations() { return conversations_; }
    const std::string& open_conversation() const { return open_; }
    // Writes the open conversation: Markdown where the name ends so, else plain text. False: it could not.
    bool export_to(const QString& path);

protected:
    void retranslate() override;
    void restyle() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void build_actions();
    void connect_parts();

    void open(const std::string& id);
    void show_open();
    void show_turns();
    void on_list();
    void new_conversation();
    void remove(const std::string& id);
    void undo_remove();
    void show_answer();  // how far the open one's is: button, actions
    void show_failure();
    void show_settings_of_open();
    void show_settings(bool shown);
    void show_tokens(bool shown);  // and ask for them
    void answer_again();
    void choose_export();
    void update_title();
    const ConversationState* state() const { return conversations_.find(open_); }

    const PageContext context_;
    Conversations conversations_;
    std::string open_;                   // always there
    std::optional<std::string> wanted_;  // was open last time; until the record has come
    bool failure_shown_ = false;

    ConversationList* list_;
    Transcript* transcript_;
    TokenLens* lens_;
    PromptBox* prompt_;
    Banner* toast_;  // a deletion that can be undone
    QTimer toast_time_;
    Card* list_card_;
    ChatSettings* settings_;
    QPushButton *tokens_button_, *new_button_, *settings_button_;
    QAction *new_, *stop_, *delete_, *rename_, *copy_, *export_, *tokens_, *branch_, *former_;
};

}  // namespace lathe
