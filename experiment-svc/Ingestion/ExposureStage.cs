using System.Runtime.InteropServices;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Exposures on their way into the database: of each unit and arm only the first, of each session only its first login, and nothing that is stored already. A shopper's exposures come with every request and
/// only the first one counts, so nearly all of them end here. Not safe for several threads.
/// </summary>
/// <param name="capacity">How many stored ones are remembered at most.</param>
/// <param name="time">For how long: another replica may have deleted who it is of.</param>
internal sealed class ExposureStage(int capacity, TimeProvider time)
{
    private static readonly TimeSpan s_belief = TimeSpan.FromMinutes(5);

    private readonly Dictionary<StageKey, Exposure> _pending = [];
    private readonly Dictionary<string, Exposure> _logins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Dictionary<StageKey, Stored> _known = [];
    private Dictionary<StageKey, Stored> _earlier = [];
    private long _since = time.GetTimestamp();

    /// <summary>To be stored: at most two of a unit and arm.</summary>
    public IReadOnlyCollection<Exposure> Pending => _logins.Count == 0 ? _pending.Values : [.. _pending.Values, .. _logins.Values];

    public int PendingCount => _pending.Count + _logins.Count;

    /// <summary>Stored ones that are remembered.</summary>
    public int Known => _known.Count + _earlier.Count;

    /// <summary>False when it says nothing that is not stored or on its way.</summary>
    public bool Offer(Exposure exposure)
    {
        var key = new StageKey(exposure.Experiment, exposure.Arm, exposure.Unit, exposure.UnitKind == UnitKinds.Session);
        if (!_known.TryGetValue(key, out var stored) && !_earlier.TryGetValue(key, out stored))
            stored = Stored.Nothing;
        var isNew = false;
        if (!stored.Has(exposure))
        {
            ref var pending = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, key, out var exists);
            if (!exists || ExposureOrder.IsFirst(exposure, pending!))
                (pending, isNew) = (exposure, true);
        }

        if (exposure.LinkedUser is not null && key.IsSession && !stored.HasLogin(exposure))
        {
            ref var login = ref CollectionsMarshal.GetValueRefOrAddDefault(_logins, exposure.Unit, out var exists);
            if (!exists || IsFirstLogin(exposure, login!))
                (login, isNew) = (exposure, true);
        }

        return isNew;
    }

    /// <summary>What was pending is in the database.</summary>
    public void MarkStored()
    {
        // Two generations, so that memory never has to be swept and is never lost all at once.
        if (time.GetElapsedTime(_since) > s_belief || _known.Count + PendingCount > capacity / 2)
            (_earlier, _known, _since) = (_known, [], time.GetTimestamp());
        if (capacity > 0)
        {
            foreach (var exposure in _pending.Values)
                Remember(exposure);
            foreach (var login in _logins.Values)
                Remember(login);
        }

        Abandon();
    }

    /// <summary>It is not: it will be delivered again.</summary>
    public void Abandon()
    {
        _pending.Clear();
        _logins.Clear();
    }

    /// <summary>Forgets what is stored, because something was deleted.</summary>
    public void Forget()
    {
        _known.Clear();
        _earlier.Clear();
    }

    private void Remember(Exposure exposure)
    {
        // Few names, but every message brings its own copies of them.
        var key = new StageKey(NameOf(exposure.Experiment), NameOf(exposure.Arm), exposure.Unit, exposure.UnitKind == UnitKinds.Session);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, key, out var exists);
        known = (exists ? known : Stored.Nothing).With(exposure);
    }

    private string NameOf(string name)
    {
        if (_names.TryGetValue(name, out var known))
            return known;
        _names.Add(name);
        return name;
    }

    private static bool IsFirstLogin(Exposure one, Exposure other) =>
        one.TimestampMs < other.TimestampMs || (one.TimestampMs == other.TimestampMs && string.CompareOrdinal(one.LinkedUser, other.LinkedUser) < 0);

    private readonly record struct StageKey(string Experiment, string Arm, string Unit, bool IsSession);

    /// <param name="AtMs">Of the first exposure that is stored.</param>
    /// <param name="Id">Hash of its id.</param>
    /// <param name="LoginMs">Of the first login.</param>
    /// <param name="User">Hash of who logged in.</param>
    private readonly record struct Stored(long AtMs, long Id, long LoginMs, long User)
    {
        public static Stored Nothing { get; } = new(long.MaxValue, 0, long.MaxValue, 0);

        /// <summary>It is later, or the same. Of two others of one moment the database decides.</summary>
        public bool Has(Exposure exposure) => exposure.TimestampMs > AtMs || (exposure.TimestampMs == AtMs && Outcome.Hash(exposure.ExposureId) == Id);

        public bool HasLogin(Exposure exposure) => exposure.TimestampMs > LoginMs || (exposure.TimestampMs == LoginMs && Outcome.Hash(exposure.LinkedUser!) == User);

        public Stored With(Exposure exposure)
        {
            var next = exposure.TimestampMs < AtMs ? this with { AtMs = exposure.TimestampMs, Id = Outcome.Hash(exposure.ExposureId) } : this;
            return exposure.LinkedUser is not null && exposure.TimestampMs < LoginMs ? next with { LoginMs = exposure.TimestampMs, User = Outcome.Hash(exposure.LinkedUser) } : next;
        }
    }
}
