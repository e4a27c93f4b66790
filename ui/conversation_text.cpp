#include "ui/conversation_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConversationText)
};

constexpr size_t kTitleBytes = 400;
constexpr qsizetype kTitleLength = 60, kFileNameLength = 48;

bool inside_character(const std::string& text, size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The first line that has a word.
QString first_words(const std::string& text) {
    const QString words = beginning_of(text, kTitleBytes).trimmed().section(QLatin1Char('\n'), 0, 0).simplified();
    return words.size() <= kTitleLength ? words : words.left(kTitleLength).trimmed() + QStringLiteral("…");
}

}  // namespace

QString beginning_of(const std::string& text, size_t bytes) {
    size_t end = std::min(bytes, text.size());
    while (end > 0 && inside_character(text, end)) --end;
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(end));
}

QString ending_of(const std::string& text, size_t bytes) {
    size_t begin = text.size() - std::min(bytes, text.size());
    while (inside_character(text, begin)) ++begin;
    return QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(text.size() - begin));
}

QString title_of(const Conversation& conversation) {
    QString title = QString::fromStdString(conversation.title).simplified();
    for (const ChatTurn& turn : conversation.turns)
        if (title.isEmpty()) title = first_words(turn.text);
    if (title.isEmpty()) title = first_words(conversation.draft);
    return title.isEmpty() ? Words::tr("New conversation") : title;
}

QString text_of(const Conversation& conversation) {
    std::string text;
    bool after_model = false;
    for (const ChatTurn& turn : conversation.turns) {
        if (after_model && !turn.from_model && !text.empty() && text.back() != '\n') text += '\n';
        text += turn.text;
        after_model = turn.from_model;
    }
    return QString::fromStdString(text);
}

QString markdown_of(const Conversation& conversation) {
    QString text = QStringLiteral("# ") + title_of(conversation) + QLatin1Char('\n');
    bool from_model = true;
    for (size_t i = 0; i < conversation.turns.size(); ++i) {
        const ChatTurn& turn = conversation.turns[i];
        if (i == 0 || turn.from_model != from_model)  // what goes on with an answer belongs to it
            text += QStringLiteral("\n## ") + (turn.from_model ? Words::tr("Model") : Words::tr("You")) +
                    QStringLiteral("\n\n");
        from_model = turn.from_model;
        text += QString::fromStdString(turn.text);
        if (i + 1 == conversation.turns.size() || conversation.turns[i + 1].from_model != from_model)
            text += QLatin1Char('\n');
    }
    return text;
}

QString file_name_of(const Conversation& conversation) {
    QString name;
    for (const QChar c : title_of(conversation).left(kFileNameLength))
        name += c.isLetterOrNumber() || c.isSurrogate() || c == QLatin1Char('-') ? c : QLatin1Char(' ');
    name = name.simplified();
    return name.isEmpty() ? Words::tr("conversation") : name;
}

QString ending_text(const std::string& finish_reason) {
    if (finish_reason == "stop") return Words::tr("ended by itself");
    if (finish_reason == "length") return Words::tr("token limit reached");
    if (finish_reason == "cancelled") return Words::tr("stopped");
    return Words::tr("cut off before it ended");
}

}  // namespace lathe
