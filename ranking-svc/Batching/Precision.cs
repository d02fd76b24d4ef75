namespace Splitrail.RankingSvc.Batching;

/// <summary>Which file of a model scores.</summary>
internal enum Precision
{
    /// <summary>The one its manifest names.</summary>
    Auto,

    /// <summary>32-bit floats.</summary>
    Fp32,

    /// <summary>8-bit weights wherever the trainer's gate let them pass, else 32-bit floats.</summary>
    Int8,
}
