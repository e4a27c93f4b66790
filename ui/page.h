// A page of the window: title and one line of context at the left, its actions at the right (one primary), a banner for
// what went wrong, and what it shows, scrolled where it does not fit. A page says all its words in retranslate(), which
// runs once after construction (Page::ready) and after every change of language. Thread: GUI.
#pragma once

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QSettings>
#include <QVBoxLayout>
#include <QWidget>
#include <functional>

#include "engine/base/error.h"
#include "ui/app_paths.h"
#include "ui/cards.h"
#include "ui/engine_link.h"
#include "ui/run_list.h"
#include "ui/run_queue.h"
#include "ui/run_watch.h"

namespace lathe {

// What every page is built from; outlives the pages.
struct PageContext {
    EngineLink& engine;
    RunWatch& run;
    RunList& runs;
    const AppPaths& paths;
    QSettings& settings;  // what is remembered of this workspace
    RunQueue& queue;
    QSettings& user;  // what the user wants in every workspace
};

class Page : public QWidget {
    Q_OBJECT

public:
    enum class Scroll { page, none };  // none: the page's parts scroll by themselves
    explicit Page(Scroll scroll, QWidget* parent = nullptr);

    virtual QString name() const = 0;  // its word in the rail
    virtual QString icon() const = 0;
    // The page comes into view.
    virtual void entered() {}
    // Another page sends the user here with a model.
    virtual void take_model(const ModelSource& /*source*/) {}
    // Or with settings, and what they are called; or with data.
    virtual void take_config(const RunConfig& /*config*/, const QString& /*name*/) {}
    virtual void take_data(const DataConfig& /*data*/) {}
    // Or with a file or folder that was dropped on the window.
    virtual void take_path(const QString& /*path*/) {}
    // Or with a text that was.
    virtual void take_text(const QString& /*text*/) {}

Q_SIGNALS:
    // Another page is wanted: its object name.
    void page_wanted(const QString& page);
    void model_wanted(const QString& page, const lathe::ModelSource& source);
    void config_wanted(const QString& page, const lathe::RunConfig& config, const QString& name);
    void data_wanted(const QString& page, const lathe::DataConfig& data);

protected:
    // The last line of a subclass's constructor.
    void ready();
    virtual void retranslate() = 0;
    // After a change of theme or text size: colours and widths that neither Qt's palette nor the style sheet reach.
    virtual void restyle() {}
    void set_title(const QString& title, const QString& context);
    // At the right of the title, from left to right.
    void add_action_button(QPushButton* button) { add_title_widget(button); }
    void add_title_widget(QWidget* widget);
    // An action that Ctrl+K finds; the page names it in retranslate() and enables it while it makes sense. It comes
    // into view first. `id`: of this page's, in every language and version: its keys are kept under it. Keys that the
    // page gives it are the standard, heard while the page is in view.
    QAction* add_action(const char* id, const std::function<void()>& act);
    // Likewise one that presses this button, possible while that is. `before`: brings what it is about into view.
    QAction* add_action(const char* id, QAbstractButton* button, const std::function<void()>& before = {});
    void show_error(const Error& error);
    Banner* banner() const { return banner_; }
    QVBoxLayout* body() const { return body_; }

    void changeEvent(QEvent* event) override;

private:
    ElidedLabel* title_;
    ElidedLabel* context_;
    QHBoxLayout* actions_;
    Banner* banner_;
    QVBoxLayout* body_;
};

}  // namespace lathe
