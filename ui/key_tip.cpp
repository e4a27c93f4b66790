#include "ui/key_tip.h"

#include <QEvent>
#include <QPointer>

namespace lathe {

namespace {

class KeyTip : public QObject {
public:
    KeyTip(QWidget* widget, QAction* action) : QObject(action), widget_(widget), action_(action) {
        widget->installEventFilter(this);
        connect(action, &QAction::changed, this, [this] { follow(); });
        follow();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::ToolTipChange) follow();  // also by follow(): then there is nothing to change
        return QObject::eventFilter(watched, event);
    }

private:
    void follow() {
        if (widget_ == nullptr) return;
        const QString before = widget_->toolTip();
        QString tip = before;
        if (!shown_.isEmpty() && tip.endsWith(shown_)) tip.chop(shown_.size());
        const QString bare = tip, keys = action_->shortcut().toString(QKeySequence::NativeText);
        shown_ =
            keys.isEmpty() || bare.isEmpty() || !action_->isEnabled() ? QString() : QStringLiteral(" (%1)").arg(keys);
        tip += shown_;
        const QString description = widget_->accessibleDescription();
        if (description != tip && !description.isEmpty() && (description == bare || description == before))
            widget_->setAccessibleDescription(tip);
        if (tip != before) widget_->setToolTip(tip);
    }

    QPointer<QWidget> widget_;
    QAction* action_;
    QString shown_;
};

}  // namespace

void show_keys_in_tooltip(QWidget* widget, QAction* action) {
    new KeyTip(widget, action);
}

QString keys_or_name(const QAction& action) {
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? QStringLiteral("“%1”").arg(action.text()) : keys;
}

}  // namespace lathe
