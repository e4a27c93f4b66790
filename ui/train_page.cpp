#include "ui/train_page.h"

namespace lathe {

TrainPage::TrainPage(const PageContext& context, QWidget* parent) : Page(Scroll::page, parent), context_(context) {
    body()->addStretch(1);
    ready();
}

QString TrainPage::name() const {
    return tr("Train");
}

void TrainPage::retranslate() {
    set_title(name(), QString());
}

}  // namespace lathe
