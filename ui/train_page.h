// Thread: GUI.
#pragma once

#include "ui/page.h"

namespace lathe {

class TrainPage : public Page {
    Q_OBJECT

public:
    explicit TrainPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("train"); }

protected:
    void retranslate() override;

private:
    const PageContext context_;
};

}  // namespace lathe
