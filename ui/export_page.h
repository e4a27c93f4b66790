// Thread: GUI.
#pragma once

#include "ui/page.h"

namespace lathe {

class ExportPage : public Page {
    Q_OBJECT

public:
    explicit ExportPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("export"); }

protected:
    void retranslate() override;

private:
    const PageContext context_;
};

}  // namespace lathe
