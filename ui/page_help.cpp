#include "ui/page_help.h"

#include <QCoreApplication>

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PageHelp)
};

QString paragraphs(const QStringList& texts) {
    QString html;
    for (const QString& text : texts) html += QStringLiteral("<p>") + text + QStringLiteral("</p>");
    return html;
}

}  // namespace

QString page_help(const QString& page) {
    if (page == QLatin1String("start"))
        return paragraphs(
            {Words::tr("Three ways to begin. <b>Tune</b> takes a model that already knows language and teaches it your "
                       "examples: minutes to hours. <b>Train</b> makes a small model from nothing, to see how that "
                       "works: a minute. <b>Try</b> talks to a model that is on this disk."),
             Words::tr("Each fills in every value and goes over the same pages that you can also open by yourself."),
             Words::tr("Below are the runs of this workspace. What a crash or a power cut interrupted goes on from its "
                       "last checkpoint, exactly as if it had never stopped.")});
    if (page == QLatin1String("data"))
        return paragraphs(
            {Words::tr("Drop files or folders here: text, Markdown, HTML, Word, PDF, or rows as JSONL, JSON, CSV. "
                       "Nothing is changed in them."),
             Words::tr("A <b>document</b> is what a model reads at once: a file, or a row. Duplicates and broken lines "
                       "teach it the wrong things; here you see them by number before they do."),
             Words::tr("<b>Clean</b> shows what each step would leave out before it does, and writes a new version "
                       "beside the old one, with its recipe. <b>Split</b> holds documents back that the model never "
                       "learns, to tell learning from memorising."),
             Words::tr("A <b>tokenizer</b> cuts text into the pieces that a model knows. Trained on your data it needs "
                       "fewer of them; a model that is already trained keeps its own.")});
    if (page == QLatin1String("model"))
        return paragraphs(
            {Words::tr("<b>Open</b> lists the models of this workspace and of other programs on this disk: what is in "
                       "them, and whether Lathe can compute them."),
             Words::tr("<b>Build</b> makes a new one. Width and depth decide what it can learn and what it costs; "
                       "memory and time are told for every setting before anything runs."),
             Words::tr("<b>Grouped-query attention</b> lets several query heads share one key and value head: the "
                       "memory of a chat shrinks by as much. <b>FlashAttention</b> computes the same numbers tile by "
                       "tile, without the table of all pairs of tokens. <b>LoRA</b> trains a small addition to a model "
                       "that stays as it is; <b>QLoRA</b> keeps that model in 4 bits.")});
    if (page == QLatin1String("train"))
        return paragraphs(
            {Words::tr("At the left what is to be trained, on what and for how long; at the right what that takes of "
                       "this machine. Under each setting stands what it does and its usual value."),
             Words::tr("<b>Loss</b> is how surprised the model is by the next token, in nats: it falls. The "
                       "<b>validation loss</b> is measured on text that it never learns; where it rises while the "
                       "loss falls, the model begins to learn by heart."),
             Words::tr(
                 "A run can be paused with its weights in memory, changed while it goes on, saved, stopped and "
                 "resumed. Checkpoints are written by themselves, every five minutes unless you say otherwise.")});
    if (page == QLatin1String("runs"))
        return paragraphs(
            {Words::tr("Every run of this workspace. Tick several to see their curves in one plot and the settings in "
                       "which they differ."),
             Words::tr("Names, tags and notes are yours; a run that is deleted lies in the trash until you empty it."),
             Words::tr("Runs that wait for their turn stand in the queue: it goes on after an error, and after a "
                       "restart. A <b>sweep</b>, made on the Train page, is one run several times, with other values "
                       "of a few settings.")});
    if (page == QLatin1String("chat"))
        return paragraphs(
            {Words::tr("Talk to any model, also to the one that is being trained: it answers with the weights of its "
                       "last finished step."),
             Words::tr("A model that was tuned for conversations answers; one that was trained on plain text goes on "
                       "from what you write."),
             Words::tr("<b>Temperature</b> 0 always takes the likeliest token; higher is more varied. With the same "
                       "seed the same question gets the same answer."),
             Words::tr("<b>Tokens</b> shows how probable each token of the answer was and what else could have stood "
                       "there, before and after sampling; the answer can go on from any of these.")});
    if (page == QLatin1String("export"))
        return paragraphs(
            {Words::tr("Takes a model to other programs: a folder that transformers and vLLM load, an adapter for "
                       "PEFT, 4 bits for bitsandbytes, a GGUF file for llama.cpp and Ollama."),
             Words::tr("What was written is read back and compared with what it was made of, so that you know before "
                       "you rely on it.")});
    if (page == QLatin1String("settings"))
        return paragraphs(
            {Words::tr("How Lathe looks, in which language, and what it does while a model trains. Every choice takes "
                       "effect at once and is kept for you, whatever workspace is open."),
             Words::tr(
                 "A <b>workspace</b> is a folder with all that you make: runs, data sets, models, exports. It can "
                 "be copied and moved as a whole; another one is opened in a window of its own."),
             Words::tr("<b>Leave room</b> trains on half of the cores, behind other programs: slower, with the same "
                       "result."),
             Words::tr("<b>Keys</b> of every action can be others: a click on its row, the new keys, Enter. No action "
                       "loses its keys to another one unasked.")});
    return {};
}

}  // namespace lathe
