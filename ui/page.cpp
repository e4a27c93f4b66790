#include "ui/page.h"

#include <QAction>
#include <QEvent>

#include "ui/key_tip.h"

namespace lathe {

namespace {

// An action is possible while its button is there and can be pressed, be its page in view or not.
class ButtonFollower : public QObject {
public:
    ButtonFollower(QWidget* button, QAction* action) : QObject(action), button_(button), action_(action) {
        button->installEventFilter(this);
        follow();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        const QEvent::Type type = event->type();
        if (type == QEvent::EnabledChange || type == QEvent::ShowToParent || type == QEvent::HideToParent) follow();
        return QObject::eventFilter(watched, event);
    }

private:
    void follow() {
        // One that was never shown counts as hidden, too.
        const bool there = !button_->isHidden() || !button_->testAttribute(Qt::WA_WState_ExplicitShowHide);
        action_->setVisible(there);
        action_->setEnabled(there && button_->isEnabled());
    }

    QWidget* button_;
    QAction* action_;
};

}  // namespace

Page::Page(Scroll scroll, QWidget* parent)
    : QWidget(parent),
      title_(new ElidedLabel(TextRole::title)),
      context_(new ElidedLabel(TextRole::body, Tone::muted)),
      actions_(new QHBoxLayout),
      banner_(new Banner),
      body_(new QVBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kPage, space::kCard + 4, space::kPage, 0);
    column->setSpacing(space::kGrid);

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title_);
    words->addWidget(context_);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::kSmall);
    head->addLayout(words, 1);
    actions_->setSpacing(space::kSmall);
    head->addLayout(actions_);
    column->addLayout(head);
    column->addWidget(banner_);

    body_->setSpacing(space::kGrid);
    if (scroll == Scroll::none) {
        body_->setContentsMargins(0, 0, 0, space::kCard);
        column->addLayout(body_, 1);
        return;
    }
    auto* content = new QWidget;
    body_->setContentsMargins(0, 0, space::kTiny, space::kPage);
    content->setLayout(body_);
    column->addWidget(make_scroll_area(content), 1);
}

void Page::ready() {
    retranslate();
    restyle();
}

void Page::set_title(const QString& title, const QString& context) {
    title_->set_text(title);
    context_->set_text(context);
    setAccessibleName(title);
}

void Page::add_title_widget(QWidget* widget) {
    actions_->addWidget(widget, 0, Qt::AlignTop);
}

QAction* Page::add_action(const char* id, const std::function<void()>& act) {
    auto* action = new QAction(this);
    action->setObjectName(QLatin1String(id));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, act] {
        if (!isVisible()) Q_EMIT page_wanted(objectName());  // chosen in the palette: what it does is seen
        act();
    });
    addAction(action);
    return action;
}

QAction* Page::add_action(const char* id, QAbstractButton* button, const std::function<void()>& before) {
    QAction* action = add_action(id, [button, before] {
        if (before) before();
        button->click();
    });
    new ButtonFollower(button, action);
    show_keys_in_tooltip(button, action);
    return action;
}

void Page::show_error(const Error& error) {
    banner_->show_error(error);
}

void Page::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) restyle();
}

}  // namespace lathe
