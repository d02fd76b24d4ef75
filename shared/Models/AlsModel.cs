namespace Splitrail.Models;

/// <summary>
/// Implicit-feedback matrix factorisation (Hu, Koren and Volinsky 2008), the items' half of it: users are folded in from their history when a
/// request comes, by the same half-step as in training, so that new events count at once and no user has to be stored.
/// </summary>
/// <param name="Factors">Length of a factor vector, K.</param>
/// <param name="ItemFactors">Items x K, by row.</param>
/// <param name="Regularisation">lambda of |x|^2.</param>
/// <param name="Alpha">Confidence of an interaction of strength r is 1 + alpha r; of everything else 1.</param>
/// <param name="FrequencyScaling">
/// nu: a row of n entries is regularised by lambda (1 + alpha n / rows of the other side)^nu, after Rendle et al. 2021; 0 is lambda for all.
/// </param>
public sealed record AlsModel(int Factors, float[] ItemFactors, float Regularisation, float Alpha, float FrequencyScaling = 0f)
{
    public int Count => ItemFactors.Length / Factors;

    public ReadOnlySpan<float> Row(int item) => ItemFactors.AsSpan(item * Factors, Factors);
}
