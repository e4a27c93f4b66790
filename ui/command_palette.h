// Every action of the window in one list that a few letters narrow down: Ctrl+K, then type, arrow keys, Enter. It finds
// the QActions of the widgets it is given, those that are enabled. Thread: GUI.
#pragma once

#include <QAction>
#include <QFrame>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <vector>

namespace lathe {

class CommandPalette : public QFrame {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* window);
    // Its actions are offered under `place`, the name of a page or "".
    void offer(QWidget* source, const std::function<QString()>& place);
    void open();
    struct Offer {
        QString id, place;  // id: the object names of source and action, in every language
        QAction* action;    // has no text before it was named
        QString name() const;
    };
    // All of them, also those that are not possible now.
    std::vector<Offer> offers() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Source {
        QWidget* widget;
        std::function<QString()> place;
    };
    void fill(const QString& filter);
    void choose(QListWidgetItem* item);
    void retranslate();

    std::vector<Source> sources_;
    QLineEdit* filter_;
    QListWidget* list_;
    QPointer<QWidget> came_from_;
};

}  // namespace lathe
