#ifndef MARTLET_IMAGES_H
#define MARTLET_IMAGES_H
#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

/// A decoded picture: rows from the top, `channels` bytes a pixel. The pixels are the caller's to free.
typedef struct {
  uint8_t *pixels;
  uint32_t width, height, channels;
  char message[128];
} martlet_picture;

static inline int martlet_picture_fails(martlet_picture *picture, const char *message) {
  strncpy(picture->message, message, sizeof picture->message - 1);
  free(picture->pixels);
  picture->pixels = NULL;
  return 0;
}

/// Makes room for a picture whose header has been read; the header is not believed beyond `most_pixels`.
static inline int martlet_picture_room(martlet_picture *picture, uint64_t most_pixels) {
  if (!picture->width || !picture->height || (uint64_t)picture->width * picture->height > most_pixels)
    return martlet_picture_fails(picture, "the picture has no pixels, or too many");
  picture->pixels = malloc((size_t)picture->width * picture->height * picture->channels);
  return picture->pixels ? 1 : martlet_picture_fails(picture, "there is no memory for so many pixels");
}

/// Decodes a PNG file into 8 bits a channel: grey, RGB or RGBA. Returns whether it could.
static inline int martlet_png_read(const uint8_t *bytes, size_t size, uint64_t most_pixels, martlet_picture *picture) {
  memset(picture, 0, sizeof *picture);
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes, size)) return martlet_picture_fails(picture, image.message);
  int has_alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0, has_color = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  image.format = has_alpha ? PNG_FORMAT_RGBA : has_color ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  picture->width = image.width;
  picture->height = image.height;
  picture->channels = has_alpha ? 4 : has_color ? 3 : 1;
  if (!martlet_picture_room(picture, most_pixels)) {
    png_image_free(&image);
    return 0;
  }
  if (!png_image_finish_read(&image, NULL, picture->pixels, 0, NULL))
    return martlet_picture_fails(picture, image.message);
  return 1;
}

/// Encodes pixels as PNG; the bytes are the caller's to free. Returns how many there are, 0 where it fails.
static inline size_t martlet_png_write(const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
                                       uint8_t **bytes) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = channels == 4 ? PNG_FORMAT_RGBA : channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  *bytes = malloc(size);
  if (!*bytes) return 0;
  if (png_image_write_to_memory(&image, *bytes, &size, 0, pixels, 0, NULL)) return size;
  free(*bytes);
  *bytes = NULL;
  return 0;
}

/// Decodes a JPEG file into 8 bits a channel: grey or RGB. Returns whether it could.
static inline int martlet_jpeg_read(const uint8_t *bytes, size_t size, uint64_t most_pixels, martlet_picture *picture) {
  memset(picture, 0, sizeof *picture);
  tjhandle decoder = tjInitDecompress();
  if (!decoder) return martlet_picture_fails(picture, tjGetErrorStr2(NULL));
  int width = 0, height = 0, sampling = 0, colours = 0, ok = 0;
  if (tjDecompressHeader3(decoder, bytes, size, &width, &height, &sampling, &colours) != 0) {
    martlet_picture_fails(picture, tjGetErrorStr2(decoder));
  } else {
    picture->width = (uint32_t)width;
    picture->height = (uint32_t)height;
    picture->channels = colours == TJCS_GRAY ? 1 : 3;
    ok = martlet_picture_room(picture, most_pixels);
    int format = picture->channels == 1 ? TJPF_GRAY : TJPF_RGB;
    // A file that ends early gives what there is of it, which is a warning to libjpeg and an error to us.
    if (ok && tjDecompress2(decoder, bytes, size, picture->pixels, width, 0, height, format, TJFLAG_ACCURATEDCT) != 0)
      ok = martlet_picture_fails(picture, tjGetErrorStr2(decoder));
  }
  tjDestroy(decoder);
  return ok;
}

/// Encodes grey or RGB pixels as JPEG; the bytes are the caller's to free with `tjFree`.
static inline size_t martlet_jpeg_write(const uint8_t *pixels, int width, int height, int channels, int quality,
                                        uint8_t **bytes) {
  *bytes = NULL;
  tjhandle encoder = tjInitCompress();
  if (!encoder) return 0;
  unsigned long size = 0;
  int format = channels == 1 ? TJPF_GRAY : TJPF_RGB, sampling = channels == 1 ? TJSAMP_GRAY : TJSAMP_420;
  int status =
      tjCompress2(encoder, pixels, width, 0, height, format, bytes, &size, sampling, quality, TJFLAG_ACCURATEDCT);
  tjDestroy(encoder);
  return status == 0 ? size : 0;
}
#endif
