namespace Splitrail.Models;

/// <summary>Writes and reads <c>bayesian.bin</c>; a folder without it serves all the same and predicts no ratings.</summary>
internal static class BayesianFile
{
    private const int Format = 1;

    public static void Write(string path, BayesianModel model)
    {
        using var file = BinaryArrays.Create(path, Format);
        file.Write<int>([model.Width, model.Samples, model.Ratings]);
        file.Write<float>([model.Mean, model.Lowest, model.Highest]);
        file.Write<int>(model.Rated);
        foreach (var array in (float[][])[model.ItemRows, model.UserMeans, model.UserPrecisions, model.ItemMeans, model.ItemPrecisions, model.NoisePrecisions])
            file.Write<float>(array);
    }

    /// <exception cref="ModelException">It is not of this format, or its parts do not fit each other.</exception>
    public static BayesianModel Read(string path)
    {
        using var file = BinaryArrays.Open(path, Format);
        if (file.Read<int>() is not [var width, var samples, var ratings] || file.Read<float>() is not [var mean, var lowest, var highest])
            throw new ModelException($"'{path}' does not begin with its sizes and its scale.");
        return new BayesianModel
        {
            Width = width,
            Samples = samples,
            Ratings = ratings,
            Mean = mean,
            Lowest = lowest,
            Highest = highest,
            Rated = file.Read<int>(),
            ItemRows = file.Read<float>(),
            UserMeans = file.Read<float>(),
            UserPrecisions = file.Read<float>(),
            ItemMeans = file.Read<float>(),
            ItemPrecisions = file.Read<float>(),
            NoisePrecisions = file.Read<float>(),
        }.Checked(path);
    }
}
