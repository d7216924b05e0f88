// An uploaded file as the files host shows it.
import type { EvoLinkService } from './service';
import type { Upload } from './uploads';

export function uploadJson(upload: Upload, service: EvoLinkService): Record<string, unknown> {
	return {
		file_id: upload.id,
		file_name: upload.name,
		original_name: upload.originalName,
		file_size: upload.bytes.length,
		mime_type: upload.mimeType,
		upload_path: upload.folder,
		file_url: service.fileUrl(upload),
		download_url: service.downloadUrl(upload),
		upload_time: upload.uploadedAt.toISOString(),
		expires_at: upload.expiresAt.toISOString(),
	};
}
