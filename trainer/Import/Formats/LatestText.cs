namespace Splitrail.Trainer.Import.Formats;

/// <summary>Keeps the non-empty text of the latest time; of equal times the one offered last.</summary>
internal sealed class LatestText
{
    private long _time = long.MinValue;

    public string Value { get; private set; } = "";

    public void Offer(long time, string text)
    {
        if (text.Length == 0 || time < _time) return;
        (_time, Value) = (time, text);
    }
}
