#include "ui/start_page.h"

namespace lathe {

StartPage::StartPage(const PageContext& context, QWidget* parent) : Page(Scroll::page, parent), context_(context) {
    body()->addStretch(1);
    ready();
}

QString StartPage::name() const {
    return tr("Start");
}

void StartPage::retranslate() {
    set_title(name(), QString());
}

}  // namespace lathe
