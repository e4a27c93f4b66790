// Generated text as one chip a token, coloured by the probability that the model gave it, wrapped to the width. The
// tooltip of a chip says its probability and what else was likely there. Thread: GUI.
#pragma once

#include <QWidget>
#include <vector>

#include "engine/base/events.h"
#include "ui/theme.h"

namespace lathe {

// ok above 0.8, warn from 0.5, bad below.
Tone probability_tone(double probability);
// A chip's colour on a card.
QColor chip_color(const Theme& theme, Tone tone);

class TokenFlow : public QWidget {
    Q_OBJECT

public:
    explicit TokenFlow(QWidget* parent = nullptr);
    // Of a sample without tokens the text alone.
    void set_sample(const Sampled& sample);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Chip {
        QString text;      // without the blanks around it
        bool gap = false;  // a blank before it
        int breaks = 0;    // lines that end before it
        Tone tone = Tone::muted;
        size_t token = 0;
    };
    struct Placed {
        QRectF box;
        const Chip* chip;
    };

    void add_chips(const QString& text, Tone tone, size_t token);
    std::vector<Placed> placed(int width) const;
    QString tooltip(const SampledToken& token) const;

    std::vector<SampledToken> tokens_;
    std::vector<Chip> chips_;
    bool at_blank_ = false;  // while chips are made: the text so far ends with a blank
    int open_breaks_ = 0;
};

}  // namespace lathe
