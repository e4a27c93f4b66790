#include "ui/chat_page.h"

namespace lathe {

ChatPage::ChatPage(const PageContext& context, QWidget* parent) : Page(Scroll::page, parent), context_(context) {
    body()->addStretch(1);
    ready();
}

QString ChatPage::name() const {
    return tr("Chat");
}

void ChatPage::retranslate() {
    set_title(name(), QString());
}

}  // namespace lathe
