using System.Globalization;
using System.Runtime.Serialization;
using Ziggie.Actors.Domain;
using Ziggie.Persistence.Serialization;

namespace Ziggie.Persistence.History;

/// <summary>One event of a service, as it is in the journal.</summary>
internal sealed record JournalRow(long Ordering, long Created, string PersistenceId, long Sequence, string Manifest, byte[] Message)
{
    public const string ServicePrefix = "service-";

    /// <summary>For LIKE.</summary>
    public const string OfServices = ServicePrefix + "%";

    public HistoryCursor Place => new(Created, IsAudit: false, Ordering);

    public int ServiceId => int.Parse(PersistenceId.AsSpan(ServicePrefix.Length), CultureInfo.InvariantCulture);

    public static string IdOf(int service) => string.Create(CultureInfo.InvariantCulture, $"{ServicePrefix}{service}");

    /// <summary>Null when a newer Ziggie wrote it.</summary>
    public IServiceEvent? Read()
    {
        try
        {
            return StoredFormat.Current.Read(Message, Manifest) as IServiceEvent;
        }
        catch (SerializationException)
        {
            return null;
        }
    }
}
