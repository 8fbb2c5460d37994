namespace Ziggie.Api.Endpoints;

/// <summary>Bodies that the documentation shows.</summary>
internal static class Examples
{
    private const string ServiceFields = """
        "id": 3, "name": "comfyui", "description": "ComfyUI Image Generation Service", "status": "running", "health": "healthy",
        "pid": 12345, "port": 8188, "is_system": false, "origin": "api", "created_at": "2026-01-31T12:00:00Z",
        "updated_at": "2026-01-31T12:05:00Z", "phase": "running", "reason": null, "status_text": null,
        "health_message": "Port 8188 accepts connections.", "desired": "up", "ready": true, "uptime_seconds": 61.25,
        "started_at": "2026-01-31T12:04:00Z",
        "last_exit": { "code": null, "signal": "SIGTERM", "at": "2026-01-31T12:03:59Z" }, "restarts": 0, "groups": [],
        "cpu_percent": 12.5, "memory_bytes": 734003200, "next_restart_at": null
        """;

    public const string Service = $$"""{ "success": true, {{ServiceFields}} }""";

    public const string ServiceList = $$"""
        { "success": true, "services": [ { {{ServiceFields}} } ], "count": 1,
          "meta": { "page": 1, "page_size": 50, "total": 1, "pages": 1, "has_next": false, "has_prev": false } }
        """;

    public const string Started = """{ "success": true, "pid": 12345, "message": "Service 'comfyui' started successfully" }""";

    public const string Stopped = """{ "success": true, "message": "Service 'comfyui' stopped successfully" }""";

    public const string Action = """{ "action": "restart", "names": ["api", "worker"], "with_dependents": true }""";

    public const string ActionResults = """
        { "success": false, "results": [
            { "service": "api", "success": true, "changed": true, "pid": 12345, "code": null, "message": "Service 'api' restarted successfully" },
            { "service": "worker", "success": false, "changed": false, "pid": null, "code": "start_failed",
              "message": "Service 'worker' failed to start: Exited with code 1 after 20ms. Restart 1 follows at once." } ] }
        """;

    public const string Logs = """{ "success": true, "logs": ["Starting server", "Listening on 8188"], "total_lines": 2 }""";

    private const string Points = """[ { "time": "2026-01-31T12:04:58Z", "cpu_percent": 11, "memory_bytes": 734003200 } ]""";

    public const string Metrics = $$"""
        { "success": true, "name": "comfyui", "sampled_at": "2026-01-31T12:05:00Z", "interval_seconds": 2,
          "current": { "cpu_percent": 12.5, "memory_bytes": 734003200, "processes": 2, "threads": 19 }, "points": {{Points}} }
        """;

    public const string SystemStats = $$"""
        { "success": true, "sampled_at": "2026-01-31T12:05:00Z", "interval_seconds": 2,
          "host": { "cpu_percent": 7.5, "cpu_per_core": [10, 5], "cores": 2,
            "memory": { "total_bytes": 8589934592, "used_bytes": 2147483648, "available_bytes": 6442450944, "used_percent": 25 },
            "swap": { "total_bytes": 0, "used_bytes": 0 }, "load": [0.3, 0.2, 0.1], "processes": 120, "uptime_seconds": 86400.5,
            "boot_time": "2026-01-30T12:05:00Z",
            "disks": [ { "mount": "/", "file_system": "ext4", "total_bytes": 53687091200, "free_bytes": 26843545600, "used_percent": 50,
              "holds": ["home", "logs"] } ] },
          "services": { "total": 4, "running": 2, "failed": 0, "stopped": 2, "cpu_percent": 12.5, "memory_bytes": 734003200 },
          "daemon": { "pid": 4711, "cpu_percent": 0.4, "memory_bytes": 125829120 }, "history": {{Points}} }
        """;

    public const string SystemInfo = """
        { "success": true, "hostname": "shop-1", "os": "Debian GNU/Linux 12 (bookworm)", "architecture": "x64", "cores": 2,
          "boot_time": "2026-01-30T12:05:00Z",
          "daemon": { "version": "1.0.0", "runtime": ".NET 10.0.0", "pid": 4711, "user": "root", "home": "/var/lib/ziggie" },
          "limits_by": { "max_memory": "cgroup", "cpu": "cgroup" }, "limits_note": null,
          "sampling": { "enabled": true, "interval_seconds": 2, "missing": null }, "missing": [] }
        """;

    public const string Processes = """
        { "success": true, "processes": [ { "pid": 12345, "parent": 4711, "name": "python3", "user": "root", "state": "S", "cpu_percent": 12.5,
          "memory_bytes": 734003200, "threads": 19, "open_files": 24, "started_at": "2026-01-31T12:04:00Z", "command": "python3 main.py --cpu",
          "service": "comfyui" } ], "count": 1, "total": 120 }
        """;

    public const string Ports = """
        { "success": true, "ports": [ { "port": 8188, "protocol": "tcp", "address": "127.0.0.1", "pid": 12345, "program": "python3",
          "service": "comfyui" } ],
          "count": 1 }
        """;

    private const string BackupFields = """{ "file": "ziggie-20260131T120000000Z.db", "size_bytes": 98304, "created_at": "2026-01-31T12:00:00Z" }""";

    public const string Backup = $$"""{ "success": true, "backup": {{BackupFields}} }""";

    public const string BackupList = $$"""{ "success": true, "backups": [ {{BackupFields}} ] }""";

    public const string History = """
        { "success": true, "events": [ { "id": "e4711", "at": "2026-01-31T03:12:00Z", "service": "comfyui", "kind": "exited", "who": null,
          "address": null, "message": "Exited with code 3.", "run": 7, "pid": null, "code": 3, "signal": null, "details": null } ],
          "count": 1, "next": "8de5f0c1a2b3c4dj4711" }
        """;

    public const string Past = """
        { "success": true, "time": "2026-01-31T03:12:00Z", "services": [ { "id": 3, "name": "comfyui", "status": "running",
          "phase": "running", "reason": null, "desired": "up", "health": "healthy", "pid": 12345, "run": 7,
          "started_at": "2026-01-31T03:10:59Z", "uptime_seconds": 61, "restarts": 0 } ], "count": 1 }
        """;

    public const string NotificationTest = """
        { "success": false, "targets": [ { "target": "pager", "delivered": true, "reason": null },
          { "target": "webhook-2", "delivered": false, "reason": "It answered 503." } ] }
        """;

    public const string Definition = """
        { "name": "web", "command": ["python3", "-m", "http.server", "8000"], "cwd": "/srv/web", "port": 8000, "autostart": true,
          "groups": ["frontend"], "restart": "on-failure" }
        """;

    public const string Signal = """{ "signal": "HUP", "whole_tree": false }""";

    public const string Login = """{ "username": "admin", "password": "…" }""";

    public const string Token = """{ "access_token": "eyJhbGciOi…", "token_type": "bearer", "expires_in": 86400 }""";

    public const string ChangePassword = """{ "current_password": "…", "new_password": "…" }""";

    public const string CreateUser = """
        { "username": "ann", "password": "…", "email": "ann@example.org", "full_name": "Ann Example", "role": "user" }
        """;

    public const string UpdateUser = """{ "role": "readonly", "is_active": true }""";

    public const string ConfigYaml = """
        services:
          web:
            command: python3 -m http.server 8000
            port: 8000
            autostart: true
        """;

    public const string ConfigStatus = """
        { "success": true, "file": "/var/lib/ziggie/ziggie.yaml", "watch": true, "exists": true, "files": ["/var/lib/ziggie/ziggie.yaml"],
          "applied_at": "2026-01-31T12:00:00Z", "summary": "1 changed (1 restarted).", "message": null, "errors": [] }
        """;

    private const string ConfigChange = """
        "name": "web", "action": "changed", "origin": "apply:default", "previous_origin": "apply:default",
        "changes": [ { "key": "port", "old": 8000, "new": 8001 } ], "needs_restart": true, "restarts": true, "starts": false
        """;

    public const string ConfigPlan = $$"""
        { "success": true, "dry_run": true, "source": "apply:default", "summary": "1 to change (1 to restart).",
          "services": [ { {{ConfigChange}}, "ok": null } ] }
        """;

    public const string ConfigApply = $$"""
        { "success": true, "dry_run": false, "source": "apply:default", "summary": "1 changed (1 restarted).",
          "services": [ { {{ConfigChange}}, "ok": true, "message": "Service 'web' restarted successfully" } ] }
        """;
}
