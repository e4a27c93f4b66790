// The models that are there: every one on this disk at the left; at the right the chosen one with its tensors,
// configuration and template, or the card that fetches another. Thread: GUI.
#pragma once

#include <QStackedWidget>

#include "ui/fetch_card.h"
#include "ui/library_list.h"
#include "ui/model_card.h"
#include "ui/model_contents.h"
#include "ui/page.h"

namespace lathe {

class LibraryPanel : public QWidget {
    Q_OBJECT

public:
    explicit LibraryPanel(const PageContext& context, QWidget* parent = nullptr);
    void refresh() { library_.refresh(); }
    // One line of what there is.
    QString summary() const;
    // Of the page's title, and what Ctrl+K finds.
    QPushButton* open_button() const { return open_; }
    QPushButton* fetch_button() const { return fetch_; }
    // A folder or file from elsewhere.
    void open(const QString& path);
    void retranslate();

Q_SIGNALS:
    void view_wanted();  // an action is about to act: it is to be seen
    void changed();      // the summary
    void settled();      // what went wrong before is past
    void failed(const lathe::Error& error);
    void model_wanted(const QString& page, const lathe::ModelSource& source);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* make_model();
    QWidget* make_fetch();
    QWidget* make_welcome();
    void build_actions();
    void connect_parts();
    void on_list();
    void show_model();
    void show_titles();
    void show_fetch(bool shown);
    void on_fetched(const std::string& folder);
    void show_open_menu(QPushButton* button);
    QAction* add_action(const char* id, const std::function<void()>& act);  // see Page
    void send_to(const QString& page);
    void chat();

    const PageContext context_;
    Library library_;
    FetchJob job_;
    Card* list_card_;
    LibraryList* list_;
    QStackedWidget* faces_;
    QWidget *model_face_, *fetch_face_, *welcome_;
    ModelCard* card_;
    TileStrip* tiles_;
    ModelContents* contents_;
    FetchCard* fetch_card_;
    QLabel* welcome_words_;
    QPushButton *fetch_, *open_, *welcome_fetch_, *welcome_open_;
    QAction *fetch_action_, *folder_action_, *file_action_, *chat_action_, *refresh_action_;
};

}  // namespace lathe
