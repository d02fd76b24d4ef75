namespace Splitrail.Trainer.Ranker.Quantised;

/// <summary>How weights become small whole numbers.</summary>
/// <param name="PerChannel">A scale per output instead of one per layer.</param>
/// <param name="Bits">8; or 7 for processors whose products of bytes can saturate (AVX2 and AVX-512 without VNNI).</param>
internal sealed record QuantisationOptions(bool PerChannel = false, int Bits = 8)
{
    public const string Tensor = "per_tensor";
    public const string Channel = "per_channel";

    public string Weights => PerChannel ? Channel : Tensor;

    /// <summary>The greatest whole weight.</summary>
    public int Limit => (1 << (Bits - 1)) - 1;
}
