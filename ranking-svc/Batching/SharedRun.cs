using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Batching;

/// <summary>Requests that are scored in one run: their rows are laid one after another, and each gets its part of the scores.</summary>
internal sealed class SharedRun(RunQueue queue, ScoringBuffer buffer) : IThreadPoolWorkItem, IDisposable
{
    private readonly List<ScoringSlot> _slots = [];

    public int Rows { get; private set; }

    public IReadOnlyList<ScoringSlot> Slots => _slots;

    public bool HasRoomFor(ScoringSlot slot, int most) => _slots.Count < most && (_slots.Count == 0 || Rows + slot.Rows <= buffer.Capacity);

    public void Add(ScoringSlot slot)
    {
        _slots.Add(slot);
        Rows += slot.Rows;
    }

    public void Execute()
    {
        Exception? fault = null;
        try
        {
            Score();
        }
#pragma warning disable CA1031 // The requests own whatever went wrong: each of them throws it.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            fault = wrong;
        }

        foreach (var slot in _slots)
            slot.Complete(fault);
        _slots.Clear();
        Rows = 0;
        queue.Ended(this);
    }

    public void Dispose() => buffer.Dispose();

    private void Score()
    {
        if (_slots.Count == 1)
        {
            queue.Run(_slots[0].Buffer, _slots[0].Rows);
            return;
        }

        var rows = buffer.Rows;
        foreach (var slot in _slots)
        {
            var length = slot.Rows * buffer.Width;
            slot.Buffer.Rows[..length].CopyTo(rows);
            rows = rows[length..];
        }

        queue.Run(buffer, Rows);
        var scores = buffer.Scores;
        foreach (var slot in _slots)
        {
            scores[..slot.Rows].CopyTo(slot.Buffer.ScoresToFill);
            scores = scores[slot.Rows..];
        }
    }
}
