using System.Globalization;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Mapping;

namespace Ziggie.Persistence.Store;

/// <summary>Times in SQLite are text: ISO 8601 in UTC, which sorts as it should and needs no explanation.</summary>
internal static class SqliteTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static MappingSchema Mapping => field ??= Build();

    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static MappingSchema Build()
    {
        var schema = new MappingSchema("ziggie.sqlite");
        schema.SetDataType(typeof(DateTimeOffset), DataType.NVarChar);
        schema.SetConverter<DateTimeOffset, DataParameter>(t => new DataParameter(null, ToText(t), DataType.NVarChar));
        schema.SetConverter<string, DateTimeOffset>(Parse);
        schema.SetValueToSqlConverter(typeof(DateTimeOffset), (sql, _, value) => sql.Append('\'').Append(ToText((DateTimeOffset)value)).Append('\''));
        return schema;
    }
}
