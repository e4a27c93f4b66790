// Thread: GUI.
#pragma once

#include "ui/page.h"

namespace lathe {

class ChatPage : public Page {
    Q_OBJECT

public:
    explicit ChatPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("chat"); }

protected:
    void retranslate() override;

private:
    const PageContext context_;
};

}  // namespace lathe
