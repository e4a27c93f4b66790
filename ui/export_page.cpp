#include "ui/export_page.h"

namespace lathe {

ExportPage::ExportPage(const PageContext& context, QWidget* parent) : Page(Scroll::page, parent), context_(context) {
    body()->addStretch(1);
    ready();
}

QString ExportPage::name() const {
    return tr("Export");
}

void ExportPage::retranslate() {
    set_title(name(), QString());
}

}  // namespace lathe
