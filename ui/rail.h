// The rail of pages at the window's left, in the order of the work, what is not work at its foot. Folds to icons in a
// narrow window. Thread: GUI.
#pragma once

#include <QAbstractButton>
#include <QButtonGroup>
#include <QVBoxLayout>
#include <QWidget>

namespace lathe {

class RailButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit RailButton(QString icon, QWidget* parent = nullptr);
    void set_words(const QString& text, const QString& tooltip);
    void set_folded(bool folded);
    void set_busy(bool busy);  // a dot: something goes on there
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString icon_;
    bool folded_ = false, busy_ = false;
};

class Rail : public QWidget {
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);
    enum class Place { top, foot };
    RailButton* add_page(const QString& icon, Place place);
    void set_current(int page);
    void set_folded(bool folded);

Q_SIGNALS:
    void chosen(int page);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* column_;
    QButtonGroup* group_;
    bool folded_ = false;
};

}  // namespace lathe
