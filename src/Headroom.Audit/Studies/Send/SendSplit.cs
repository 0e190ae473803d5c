using Headroom.Evidence.Samples;
using Headroom.Information.Codecs;

namespace Headroom.Audit.Studies.Send;

/// <summary>
/// Training and measuring apart: the first half of the messages of every file (of the files, where each is a message) is the past, the rest is
/// measured, for every strategy alike. A single message is measured.
/// </summary>
internal static class SendSplit
{
    public static (MessageBatch Training, MessageBatch Measured) Halves(Sample sample)
    {
        var training = new List<byte[]>();
        var measured = new List<byte[]>();
        if (sample.Rule.Cut == MessageCut.File)
        {
            for (int i = 0; i < sample.Files.Count; i++)
            {
                (i < sample.Files.Count / 2 ? training : measured).Add(sample.Files[i].Bytes);
            }
        }
        else
        {
            foreach (SampleFile file in sample.Files)
            {
                for (int i = 0; i < file.Ends.Count; i++)
                {
                    byte[] message = file.Bytes[(i == 0 ? 0 : file.Ends[i - 1])..file.Ends[i]];
                    (i < file.Ends.Count / 2 ? training : measured).Add(message);
                }
            }
        }

        return (MessageBatch.Of(training), MessageBatch.Of(measured));
    }

    /// <summary>The batch as one stream's content: files get their length in front, lines and records delimit themselves.</summary>
    public static MessageBatch AsStream(MessageBatch batch, bool selfDelimiting)
    {
        if (selfDelimiting)
        {
            return batch;
        }

        var framed = new List<byte[]>();
        Span<byte> prefix = stackalloc byte[5];
        for (int i = 0; i < batch.Count; i++)
        {
            int length = Framing.WritePrefix(prefix, batch[i].Length);
            framed.Add([.. prefix[..length], .. batch[i]]);
        }

        return MessageBatch.Of(framed);
    }
}
