// Nothing is cut: every word of every page has its room, empty, full, while a run trains and after one failed, in both
// languages, at the smallest window and a usual one, with the usual and the largest text. CTest runs it at a scale of
// 100 and of 200 %.
#include "tests/ui/filled_window.h"

using namespace lathe;

class FitTest : public QObject {
    Q_OBJECT

    static QString plain(QString text) { return text.remove(QLatin1Char('&')); }

    static bool is_cut(const QLabel& label) {
        if (label.text().isEmpty() || qobject_cast<const ElidedLabel*>(&label) != nullptr) return false;
        if (label.wordWrap()) return label.heightForWidth(label.width()) > label.height() + 1;
        if (label.textFormat() == Qt::RichText) return false;
        const QRect needed = label.fontMetrics().boundingRect(QRect(), Qt::AlignLeft, label.text());
        return needed.width() > label.contentsRect().width() + 1;
    }
    static bool is_cut(const QPushButton& button) {
        return !button.text().isEmpty() && button.width() + 1 < button.minimumSizeHint().width();
    }

    // The innermost part that needs the most.
    static QString widest(const QWidget& content) {
        const QWidget* most = &content;
        for (const QWidget* part : content.findChildren<QWidget*>())
            if (part->isVisibleTo(&content) &&
                part->mapTo(&content, QPoint(part->width(), 0)).x() >= content.width() - 20)
                most = part;
        return QString::fromLatin1(most->metaObject()->className()) + ' ' + most->objectName() + ' ' +
               (qobject_cast<const QLabel*>(most) != nullptr ? qobject_cast<const QLabel*>(most)->text()
                                                             : most->accessibleName());
    }

    // "Page: class: text" of what has not its room.
    static QStringList cut_words(const QWidget& page) {
        QStringList found;
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisibleTo(&page) && is_cut(*label)) found << page.objectName() + ": " + label->text();
        for (const QPushButton* button : page.findChildren<QPushButton*>())
            if (button->isVisibleTo(&page) && is_cut(*button))
                found << page.objectName() + ": [" + button->text() + "]";
        // What scrolls up and down alone is no wider than what is seen of it.
        for (const QScrollArea* area : page.findChildren<QScrollArea*>()) {
            const QWidget* content = area->widget();
            if (area->isVisibleTo(&page) && content != nullptr && content->width() > area->viewport()->width() + 1 &&
                area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff)
                found << page.objectName() + ": " + content->metaObject()->className() + " is " +
                             QString::number(content->width() - area->viewport()->width()) + " px too wide, for " +
                             widest(*content);
        }
        return found;
    }

    // Layouts follow from layouts, late where the machine is busy: what is cut stays cut.
    static QStringList cut_when_settled(const QWidget& page) {
        QStringList cut;
        for (int look = 0; look < 20 && (look == 0 || !cut.isEmpty()); ++look) {
            QTest::qWait(120);
            cut = cut_words(page);
        }
        return cut;
    }

    // Of those pages, and of the line at the foot.
    static QStringList cut_words(MainWindow& window, const QStringList& pages, const QString& state) {
        QStringList cut;
        for (const QString& name : pages) {
            window.show_page(name);
            const QStringList words = cut_when_settled(*window.page(name));
            if (qEnvironmentVariableIsSet("LATHE_FIT_PICTURES"))
                window.grab().save(qEnvironmentVariable("LATHE_FIT_PICTURES") + '/' + name + '-' + state + '-' +
                                   QString::fromLatin1(QTest::currentDataTag()).replace(' ', '-').remove('%') + ".png");
            for (const QString& word : words) cut << state + ' ' + word;
        }
        return cut << cut_words(*window.findChild<StatusLine*>());
    }

    static void add_rows(const std::vector<QSize>& sizes) {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("text_size");
        QTest::addColumn<LanguageChoice>("language");
        for (const LanguageChoice language : {LanguageChoice::english, LanguageChoice::korean})
            for (const int text_size : {100, 130})
                for (const QSize size : sizes)
                    QTest::addRow("%s %d%% %dx%d", language == LanguageChoice::korean ? "ko" : "en", text_size,
                                  size.width(), size.height())
                        << size << text_size << language;
    }

private Q_SLOTS:
    // The check itself: what it is to find, it finds.
    void what_is_cut_is_found() {
        QWidget page;
        QHBoxLayout row(&page);
        QLabel label(QStringLiteral("Learning rate"));
        QPushButton button(QStringLiteral("Save"));
        row.addWidget(&label);
        row.addWidget(&button);
        page.show();
        QCOMPARE(cut_words(page), QStringList());
        label.setFixedWidth(10);
        button.setFixedWidth(10);
        QCOMPARE(cut_words(page), QStringList({QStringLiteral(": Learning rate"), QStringLiteral(": [Save]")}));
    }

    void words_have_room_data() { add_rows({QSize(1024, 700), QSize(1440, 900)}); }
    void words_have_room() {
        QFETCH(QSize, size);
        QFETCH(int, text_size);
        QFETCH(LanguageChoice, language);
        PageFixture f;
        Appearance appearance(f.settings);
        MainWindow window(f.engine, appearance, f.settings, f.settings, f.paths);
        appearance.set_language(language);
        appearance.set_text_size(text_size);
        window.resize(size);
        window.show();
        f.engine.answer<ListRuns>(RunsListed{});
        const QStringList cut = cut_words(window, window.page_names(), QStringLiteral("empty"));
        appearance.set_text_size(100);
        QVERIFY2(cut.isEmpty(), qPrintable(QLatin1Char('\n') + cut.join(QLatin1Char('\n'))));
    }

    void words_of_full_pages_have_room_data() { add_rows({QSize(1024, 700)}); }
    void words_of_full_pages_have_room() {
        QFETCH(QSize, size);
        QFETCH(int, text_size);
        QFETCH(LanguageChoice, language);
        FilledWindow f;
        f.appearance.set_language(language);
        f.appearance.set_text_size(text_size);
        f.window.resize(size);
        f.fill();
        const QStringList with_a_run = {"start", "train", "runs", "chat"};
        QStringList cut = cut_words(f.window, f.window.page_names(), QStringLiteral("full"));
        SweepPanel& sweep = *f.page<TrainPage>()->sweep();
        auto* setting = sweep.findChild<DropDown*>();
        setting->setCurrentIndex(1);
        Q_EMIT setting->activated(1);
        auto* values = sweep.findChild<QLineEdit*>();
        for (const char* typed : {"1e-4, 2e-4, 5e-4", "1e-4, 11"}) {
            values->setText(QString::fromLatin1(typed));
            sweep.set_open(true);
            cut << cut_words(f.window, {"train"}, QStringLiteral("sweep"));
        }
        sweep.set_open(false);
        f.train();
        cut << cut_words(f.window, with_a_run, QStringLiteral("running"));
        f.fail_run();
        cut << cut_words(f.window, with_a_run, QStringLiteral("failed"));
        f.show_tokens();
        cut << cut_words(f.window, {"chat"}, QStringLiteral("tokens"));
        f.appearance.set_text_size(100);
        QVERIFY2(cut.isEmpty(), qPrintable(QLatin1Char('\n') + cut.join(QLatin1Char('\n'))));
    }
};

LATHE_PAGE_TEST(FitTest)
#include "fit_test.moc"
