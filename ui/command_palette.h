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
    // The actions that have a key, of all places.
    struct Key {
        QString place, text, keys;
    };
    std::vector<Key> keys() const;

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
