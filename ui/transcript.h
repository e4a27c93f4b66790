// The open conversation as one running text, passage by passage, the newest at the bottom. An answer is appended to
// piece by piece; the view follows it while it is at the bottom. Long conversations show their end first. Thread: GUI.
#pragma once

#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <utility>
#include <vector>

#include "ui/cards.h"
#include "ui/conversations.h"
#include "ui/passage.h"

namespace lathe {

class Transcript : public QWidget {
    Q_OBJECT

public:
    explicit Transcript(QWidget* parent = nullptr);
    // Makes anew what has changed.
    void show_conversation(const ConversationState& state);
    void append(const ConversationState& state, const std::string& text);
    void update_answer(const ConversationState& state);

Q_SIGNALS:
    void copy_wanted(size_t first, size_t end);
    void again_wanted();
    void go_on_wanted();
    void former_wanted();
    void earlier_wanted();  // show_conversation() once more
    void example_wanted();  // of a beginning, where there is no text yet

protected:
    void changeEvent(QEvent* event) override;

private:
    using Range = std::pair<size_t, size_t>;
    std::vector<Range> ranges_to_show(const Conversation& conversation, bool& all) const;
    Passage* make_passage(const ConversationState& state, const Range& range);
    void on_range(int maximum);
    void retranslate();

    QStackedLayout* stack_;
    EmptyState* empty_;
    QScrollArea* area_;
    QVBoxLayout* column_;
    QPushButton* earlier_;
    std::vector<Passage*> passages_;
    std::string id_;
    size_t budget_ = 0;          // bytes of text that are laid out
    bool follow_ = true;         // the view is at the bottom
    int keep_from_bottom_ = -1;  // where earlier text is put in above what is read
};

}  // namespace lathe
