// Thread: GUI.
#pragma once

#include "ui/page.h"

namespace lathe {

class StartPage : public Page {
    Q_OBJECT

public:
    explicit StartPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("start"); }

protected:
    void retranslate() override;

private:
    const PageContext context_;
};

}  // namespace lathe
