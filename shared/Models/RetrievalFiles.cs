namespace Splitrail.Models;

/// <summary>Writes and reads a <see cref="RetrievalModel"/> as files of a model folder.</summary>
public static class RetrievalFiles
{
    public const string ItemsName = "items.bin";
    public const string StatisticsName = "statistics.bin";
    public const string AlsName = "als.bin";

    /// <summary>An index over ALS's vectors; a folder without it serves all the same.</summary>
    public const string AlsIndexName = "als.vectors";

    public const string ItemKnnName = "item-knn.bin";
    public const string EaseName = "ease.bin";

    /// <summary>Latent semantic vectors; a folder without it serves all the same.</summary>
    public const string ContentName = "content.bin";

    /// <summary>Draws that predict ratings; a folder without it serves all the same.</summary>
    public const string BayesianName = "bayesian.bin";
    private const int Format = 1;

    public static void Write(string folder, RetrievalModel model)
    {
        WriteItems(folder, model.Items);
        WriteStatistics(folder, model.Statistics);
        using (var file = BinaryArrays.Create(Path.Combine(folder, AlsName), Format))
        {
            file.Write<float>([model.Als.Factors, model.Als.Regularisation, model.Als.Alpha, model.Als.FrequencyScaling]);
            file.Write<float>(model.Als.ItemFactors);
        }

        using (var file = BinaryArrays.Create(Path.Combine(folder, ItemKnnName), Format))
        {
            file.Write(model.ItemKnn.Starts);
            file.Write(model.ItemKnn.Neighbours);
            file.Write(model.ItemKnn.Similarities);
        }

        if (model.Content is { } content)
            WriteContent(folder, content);
        if (model.Bayesian is { } bayesian)
            BayesianFile.Write(Path.Combine(folder, BayesianName), bayesian);
        if (model.Ease is not { } ease)
            return;
        using var easeFile = BinaryArrays.Create(Path.Combine(folder, EaseName), Format);
        easeFile.Write(ease.Scales);
        easeFile.Write(ease.Weights);
    }

    internal static RetrievalModel Read(string folder) => new(
        ReadItems(folder),
        ReadStatistics(folder),
        ReadAls(folder),
        ReadItemKnn(folder),
        File.Exists(Path.Combine(folder, EaseName)) ? ReadEase(folder) : null,
        File.Exists(Path.Combine(folder, ContentName)) ? ReadContent(folder) : null,
        File.Exists(Path.Combine(folder, BayesianName)) ? BayesianFile.Read(Path.Combine(folder, BayesianName)) : null);

    internal static ItemIndex ReadItems(string folder)
    {
        using var file = BinaryArrays.Open(Path.Combine(folder, ItemsName), Format);
        return new ItemIndex(file.ReadStrings());
    }

    internal static ItemStatistics ReadStatistics(string folder)
    {
        using var file = BinaryArrays.Open(Path.Combine(folder, StatisticsName), Format);
        return new ItemStatistics
        {
            AsOfMs = file.Read<long>()[0],
            CountAll = file.Read<float>(),
            Count365 = file.Read<float>(),
            Count90 = file.Read<float>(),
            Count30 = file.Read<float>(),
            Count7 = file.Read<float>(),
            LikedRate = file.Read<float>(),
            FirstEventMs = file.Read<long>(),
            LogPrice = file.Read<float>(),
            Category = file.Read<int>(),
            CategoryNames = file.ReadStrings(),
            RepeatRate = file.Read<float>()[0],
        };
    }

    private static void WriteItems(string folder, ItemIndex items)
    {
        using var file = BinaryArrays.Create(Path.Combine(folder, ItemsName), Format);
        file.WriteStrings(items.Ids);
    }

    private static void WriteStatistics(string folder, ItemStatistics statistics)
    {
        using var file = BinaryArrays.Create(Path.Combine(folder, StatisticsName), Format);
        file.Write<long>([statistics.AsOfMs]);
        file.Write<float>(statistics.CountAll);
        file.Write<float>(statistics.Count365);
        file.Write<float>(statistics.Count90);
        file.Write<float>(statistics.Count30);
        file.Write<float>(statistics.Count7);
        file.Write<float>(statistics.LikedRate);
        file.Write<long>(statistics.FirstEventMs);
        file.Write<float>(statistics.LogPrice);
        file.Write<int>(statistics.Category);
        file.WriteStrings(statistics.CategoryNames);
        file.Write<float>([statistics.RepeatRate]);
    }

    /// <summary>Null when the folder has none.</summary>
    internal static AlsModel? ReadAlsIfAny(string folder) => File.Exists(Path.Combine(folder, AlsName)) ? ReadAls(folder) : null;

    private static AlsModel ReadAls(string folder)
    {
        using var file = BinaryArrays.Open(Path.Combine(folder, AlsName), Format);
        var head = file.Read<float>();
        return new AlsModel((int)head[0], file.Read<float>(), head[1], head[2], head.Length > 3 ? head[3] : 0f);
    }

    private static ItemKnnModel ReadItemKnn(string folder)
    {
        using var file = BinaryArrays.Open(Path.Combine(folder, ItemKnnName), Format);
        return new ItemKnnModel(file.Read<int>(), file.Read<int>(), file.Read<float>());
    }

    private static void WriteContent(string folder, ContentModel content)
    {
        using var file = BinaryArrays.Create(Path.Combine(folder, ContentName), Format);
        file.Write<int>([content.Width]);
        file.WriteStrings(content.Vocabulary);
        file.Write(content.Projection);
        file.Write<float>(content.ItemVectors);
    }

    private static ContentModel ReadContent(string folder)
    {
        using var file = BinaryArrays.Open(Path.Combine(folder, ContentName), Format);
        return new ContentModel(file.Read<int>()[0], file.ReadStrings(), file.Read<float>(), file.Read<float>());
    }

    private static EaseModel ReadEase(string folder)
    {
        using var file = BinaryArrays.Open(Path.Combine(folder, EaseName), Format);
        var scales = file.Read<float>();
        return new EaseModel(file.Read<short>(), scales);
    }
}
