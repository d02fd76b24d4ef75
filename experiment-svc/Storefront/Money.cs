using System.Globalization;

namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>Prices without a currency: the shop's data name none.</summary>
internal static class Money
{
    public static string Of(decimal? price) => price?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
