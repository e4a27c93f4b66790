<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>Controls</name>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>0 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 to 0.5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 to 1024 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 to 16777216</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ByteLevel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F32, BF16 or F16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F32, F16, BF16 or F64</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KEY=VALUE, as train.seed=1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHA-256 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UTF-8 text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a NUL byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a NUL byte, as in UTF-16 or a binary file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a config for a fresh run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a database of Lathe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file at rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a finite loss and gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a header of JSON in UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a header of at most 100 MB and 262144 tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a header of at most 100000000 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a larger one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a link or device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a link that leads out of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name in .txt or .jsonl, or the format named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a new id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a new or empty folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pair of tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pattern that can be matched in reasonable time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a regular expression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a regular file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a rollback journal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a run id as `lathe-cli runs list` shows it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a run with a validation split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a tensor of this name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a token cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a value of the wrong kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an executable format (pickle), which is never loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an id of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an id of the vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an integer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an undamaged database</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another process with a log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least 2 tokens of one document to train on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least 8 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least one prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least one token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least two tokens of text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most 16 MiB a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most 16 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most 2147483647 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most 5 % bad rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most 65536 bytes of pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto, txt or jsonl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>different texts of two bytes or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each tensor in one shard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each tensor once and of a possible size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each tensor once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than 2^32 different words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fewer than 2^32 documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>files and folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>files as its manifest says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>files or folders of text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float32, bfloat16 or float16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it changed while it was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it gives up on this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last, best or a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model.safetensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no + after {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no decomposition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no other run in training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one Lathe at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one such token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one that verifies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows of two or more token ids of the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text to train a tokenizer on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the crypto library has no SHA-256</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the end of a file that became shorter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name of a .safetensors file in the same folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the shape of the model&apos;s parameter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the value that the run began with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens of the vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>this cannot be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be written to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not enough disk space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing usable in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the content breaks its format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wrong type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not supported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in use by another Lathe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a finite number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file operation failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an error inside Lathe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space and try again; nothing that was saved is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder, or ask for permission to write to this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the other Lathe, or choose another workspace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or choose a smaller batch, sequence or model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last checkpoint stands. A smaller learning rate or more warm-up often helps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please report it with the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; the nearest is %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; expected %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; found %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resumed at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 · checkpoint saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 · too little memory: micro-batch halved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows left out: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another CPU than the run began on: last digits may differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer ends with the model&apos;s context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checking the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training the tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turning text into tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldHelp</name>
    <message>
        <source>how positions are rescaled beyond the trained context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>base of the rotation frequencies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context length gained by scaling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context before scaling; 0 takes max_position_embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama3: where full scaling begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>llama3: where scaling ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yarn: rotations above which nothing is scaled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yarn: rotations below which all is scaled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yarn: factor on cos and sin; 0 derives it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the architecture: qwen3 normalises q and k, qwen2 has biases on q, k, v, llama has neither</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows of the embedding; 0 takes the tokenizer&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model width; compute and memory grow with its square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>width of the feed-forward layer, usually 3 times hidden_size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number of blocks; cost grows with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>query heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key/value heads shared by the query heads (GQA); fewer shrink the KV cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>width of a head, even; 0 takes hidden_size / num_attention_heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longest context in tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added under the square root of RMSNorm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard deviation of fresh weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one matrix for embedding and output; saves vocab_size x hidden_size parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>biases in the attention projections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rotary position embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folder of a tokenizer; empty trains one on the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens of the tokenizer to train: bytes, special tokens and merges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text (.txt), JSON lines (.jsonl) or folders of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto goes by the file name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key of the text in JSON lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens of a training sequence; activations grow with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fill each sequence with several documents, none attending to another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of documents held back for validation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sequences of a step before accumulation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>batches summed into one update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>updates to make; 0 goes by num_train_epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes over the data when max_steps is 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peak step size of AdamW</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how the learning rate falls after warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps over which the learning rate rises from zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of the peak at which linear and cosine end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoupled decay of matrices; norms and biases have none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decay of the gradient&apos;s mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decay of the gradient&apos;s square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added to the root of the square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gradients longer than this are scaled down; 0 never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps between validation losses; 0 never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>most batches of a validation; more take longer and vary less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps between samples of the model&apos;s text; 0 never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what a sample goes on from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens of a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps between checkpoints; 0 goes by save_interval_s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds between checkpoints; 0 goes by save_steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps between lines of the log; every step is recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of initial weights, data order and samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recompute whole blocks in the backward pass: least memory, about a third slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens that go through the model at once; 0 chooses; less takes less memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>most memory of this program; 0 none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hugging Face folder of the model to go on from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of this file&apos;s format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a fresh model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a model to go on from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>most tokens of the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 takes the likeliest token; higher is more varied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw among the k likeliest tokens; 0 off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw among the likeliest tokens that make up this probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leave out tokens below this share of the likeliest one&apos;s probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above 1 makes tokens that were already there less likely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the random draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>texts that end the answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not finite</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MemoryPlot</name>
    <message>
        <source>program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>adapters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gradients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>workspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>No model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · in training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · last checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · best checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberText</name>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunFigure</name>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has no step yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nats per token · smoothing %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nats per token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GB · peak at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory by kind</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunSummary</name>
    <message>
        <source>%1, %2 layers of width %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no step yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 since step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best so far · perplexity %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best %1 at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>median of %1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · highest %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2 tokens a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on the validation split</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::ChatPage</name>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::CodeBox</name>
    <message>
        <source>Copy: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search every action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every action</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::ExportPage</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export into a new folder under</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder is not empty; an export never writes over anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too little space: %1 free there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 free there. The folder appears when it is whole, or not at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes a Hugging Face folder that transformers and vLLM load as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the files listed below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops; nothing half-written stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What and where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run&apos;s last or best checkpoint, the starter model, or a model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 bytes a weight: what most checkpoints are; rounds to 8 bits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 bytes a weight: finer than bfloat16, refused where a weight is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 bytes a weight: exactly what was trained.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new or empty folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder that the new one is made in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files and their sizes will be listed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a free name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts a number behind the name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows it in the file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the choice, with a free name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Python, with transformers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As an OpenAI server, with vLLM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a terminal, with Lathe</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::MainWindow</name>
    <message>
        <source>Go to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme and language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search every action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme of the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::RunRow</name>
    <message>
        <source>%1, %2, step %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on from the newest checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::StartPage</name>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 stopped without a word at step %2; its checkpoint of step %3 is whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on exactly as if it had never stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train small language models on this machine, talk to them, take them elsewhere. Everything stays in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains a Qwen3 model of 0.7 million parameters on English and Korean sample texts, from random weights to sentences, while you watch its loss fall. You can talk to it before it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train the quick-start model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts at once; stop and resume whenever you like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch it train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes to the Train page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small model that is already trained: it goes on from English and from Korean text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens a conversation with the starter model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs will be listed here, with their losses and checkpoints.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::StatusLine</name>
    <message>
        <source>Ctrl+K  every action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search every action of every page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU · %1 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chats: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lathe::TrainPage</name>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
